-- A sector's murders by month, and in how many of its districts an emergency was in force on the day.
-- $sector text = transport: sector, as in labels
WITH murders AS (
    SELECT event_id, coalesce(date, first_reported_on) AS day, killed, ubigeo, place_precision FROM timeline
    WHERE list_contains(types, 'murder') AND list_contains(sectors, $sector::VARCHAR) AND status = 'happened'
)
SELECT date_trunc('month', day)::DATE AS month, count(*) AS murders, coalesce(sum(killed), 0)::BIGINT AS killed, count(*) FILTER (place_precision = 'district') AS placed,
    count(*) FILTER (EXISTS (SELECT 1 FROM emergency_districts e WHERE e.ubigeo = murders.ubigeo AND murders.day BETWEEN e.first_day AND e.last_day)) AS under_emergency
FROM murders GROUP BY 1 ORDER BY 1;
