-- A sector's events week by week, zeros included, with how much was read.
-- $sector text = transport: sector, as in labels
-- $since day = 2024-01-01: first week
WITH counted AS (
    SELECT week, event_type, sum(event_count)::BIGINT AS event_count, sum(killed)::BIGINT AS killed, any_value(documents_read) AS documents_read, any_value(sources_healthy) AS sources_healthy
    FROM timeline_weekly WHERE sector = $sector::VARCHAR AND week >= $since::DATE GROUP BY week, event_type
)
SELECT * FROM counted QUALIFY sum(event_count) OVER (PARTITION BY event_type) > 0 ORDER BY week, event_type;
