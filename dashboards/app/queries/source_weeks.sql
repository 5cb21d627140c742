-- Documents read by source and week, zeros included, beside the source's usual week.
WITH every AS (
    SELECT s.source_id, s.source_name, w.week FROM sources s, (SELECT week FROM weeks ORDER BY week DESC LIMIT 12) w
), counted AS (
    SELECT e.source_id, e.source_name, e.week, coalesce(n.document_count, 0) AS document_count FROM every e LEFT JOIN source_weeks n USING (source_id, week)
)
SELECT *, median(document_count) OVER (PARTITION BY source_id) AS usual FROM counted ORDER BY source_name, week;
