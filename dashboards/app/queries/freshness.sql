-- The last night: when it ended, how the sources did, and up to which day something was read.
SELECT (SELECT coalesce(finished_at, started_at) FROM runs ORDER BY started_at DESC LIMIT 1) AS night_at,
    count(*) AS sources, count(*) FILTER (health = 'healthy') AS healthy,
    (SELECT max(published_on) FROM documents) AS last_day,
    (SELECT count(*) FROM broken_rules) AS warnings
FROM source_health;
