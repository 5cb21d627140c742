-- Where each sector was hit: events by sector and department.
-- $since day = 2024-01-01: first day
-- $until day = 2099-12-31: last day
SELECT sector, coalesce(department, 'unknown') AS department, count(*) AS event_count, coalesce(sum(killed), 0)::BIGINT AS killed
FROM timeline, unnest(sectors) s(sector)
WHERE status = 'happened' AND coalesce(date, first_reported_on) BETWEEN $since::DATE AND $until::DATE
GROUP BY ALL ORDER BY event_count DESC, sector, department;
