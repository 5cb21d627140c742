-- Whether a rise is real: weekly events of all sources beside those of sources that were read all along.
-- $sector text = transport: sector, as in labels
WITH panel AS (
    SELECT list(source_id) AS source_ids, any_value(from_week) AS from_week, any_value(until_week) AS until_week FROM panel_sources()
), counted AS (
    -- Of events, not of timeline_weekly: there an event of two types stands twice.
    SELECT e.week, count(*) AS of_all, count(*) FILTER (list_has_any(e.source_ids, p.source_ids)) AS of_panel
    FROM timeline e, panel p WHERE e.status = 'happened' AND list_contains(e.sectors, $sector::VARCHAR) GROUP BY e.week
), read AS (
    SELECT week, sum(document_count)::BIGINT AS documents_read FROM source_weeks SEMI JOIN panel_sources() USING (source_id) GROUP BY week
)
SELECT w.week, coalesce(c.of_all, 0) AS of_all, coalesce(c.of_panel, 0) AS of_panel, w.documents_read AS read_of_all, r.documents_read AS read_of_panel
FROM weeks w JOIN panel p ON w.week BETWEEN p.from_week AND p.until_week LEFT JOIN counted c USING (week) LEFT JOIN read r USING (week)
WHERE $sector::VARCHAR IN (SELECT label FROM labels WHERE axis = 'sector') ORDER BY w.week;
