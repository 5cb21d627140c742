-- Which outlets reported first: events of several voices by the source whose report came first.
-- $since day = 2024-01-01: first day
WITH told AS (
    SELECT s.event_id, s.source_id, min(s.published_at) AS reported_at FROM event_sources s JOIN timeline t USING (event_id)
    WHERE t.source_count > 1 AND s.published_at IS NOT NULL AND t.first_reported_on >= $since::DATE GROUP BY ALL
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY reported_at, source_id) AS place, reported_at - min(reported_at) OVER (PARTITION BY event_id) AS behind FROM told
)
SELECT source_id, count(*) AS told, count(*) FILTER (place = 1) AS told_first, round(count(*) FILTER (place = 1) / count(*), 2) AS share_first,
    round(median(epoch(behind)) / 3600, 1) AS median_hours_behind
FROM placed GROUP BY source_id ORDER BY told_first DESC, told DESC, source_id;
