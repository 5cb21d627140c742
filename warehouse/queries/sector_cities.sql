-- A sector's extortion by city (province) and half-year, as dentists, bodegas or schools report it.
-- $sector text = dentists: sector, as in labels
SELECT coalesce(province, department, 'unknown') AS city, concat(year(day), '-', CASE WHEN month(day) <= 6 THEN 'I' ELSE 'II' END) AS half_year,
    count(*) AS event_count, sum(source_count)::BIGINT AS voices
FROM (SELECT *, coalesce(date, first_reported_on) AS day FROM timeline)
WHERE list_contains(sectors, $sector::VARCHAR) AND list_contains(types, 'extortion') AND status = 'happened'
GROUP BY ALL ORDER BY half_year, event_count DESC, city;
