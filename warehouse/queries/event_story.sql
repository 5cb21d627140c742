-- One event, source by source, first report first.
-- $event text = : event id, an old one too; empty takes the one told most
WITH chosen AS (
    SELECT coalesce((SELECT now_id FROM event_now WHERE event_id = $event::VARCHAR), CASE WHEN $event::VARCHAR = '' THEN (SELECT arg_max(event_id, source_count) FROM timeline) END) AS event_id
)
SELECT s.published_at, s.source_name, s.title, s.url, m.type, m.killed, m.wounded, m.amount_pen, m.evidence
FROM chosen JOIN event_mentions l USING (event_id) JOIN mentions m USING (mention_id) JOIN event_sources s ON s.event_id = l.event_id AND s.document_id = m.document_id
ORDER BY s.published_at NULLS LAST, s.source_name, m.type;
