-- The sources as of the last night; of one that is not well, since when: its newest item, or its first night without a good one.
WITH nights AS (
    SELECT n.source_id, n.health, coalesce(r.finished_at, r.started_at) AS night_at FROM source_nights n JOIN runs r USING (run_id)
), well AS (
    SELECT source_id, max(night_at) FILTER (health = 'healthy') AS last_well_at FROM nights GROUP BY 1
)
SELECT h.source_id, h.source_name, h.health, h.reason, h.newest_item_at,
    (SELECT min(n.night_at) FROM nights n WHERE n.source_id = h.source_id AND n.health <> 'healthy' AND (w.last_well_at IS NULL OR n.night_at > w.last_well_at)) AS unwell_since
FROM source_health h JOIN well w USING (source_id) ORDER BY h.health, h.source_name;
