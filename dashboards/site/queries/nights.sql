-- The sources on each of the last 28 nights, one row a source and day; of two nights on a day the later one stands.
SELECT s.source_name, (r.started_at AT TIME ZONE 'America/Lima')::DATE AS night, n.health
FROM source_nights n JOIN runs r USING (run_id) JOIN sources s USING (source_id)
WHERE r.started_at > (SELECT max(started_at) FROM runs) - INTERVAL 28 DAY
QUALIFY row_number() OVER (PARTITION BY n.source_id, night ORDER BY r.started_at DESC) = 1
ORDER BY s.source_name, night;
