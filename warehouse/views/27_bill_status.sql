-- Where each bill stands, and what is said of it.

CREATE OR REPLACE VIEW bill_status AS
WITH stepped AS (
    SELECT bill_id, max(seen_at) AS last_step_seen_at, count(*) FILTER (state IS NOT NULL) AS step_count, max(refilings) AS refilings FROM bill_history GROUP BY 1
), spoken AS (
    SELECT bill_id, count(*) AS document_count, count(DISTINCT source_id) AS source_count, max(published_on) AS last_news_on FROM bill_documents GROUP BY 1
), labelled AS (
    SELECT b.bill_id, list(DISTINCT l.label ORDER BY l.label) FILTER (l.axis = 'sector') AS sectors, bool_or(l.axis = 'event' AND l.label = 'extortion') AS is_on_extortion
    FROM bills b JOIN document_labels l ON l.document_id = b.document_id AND l.band = 'yes' GROUP BY 1
)
SELECT b.bill_id, b.printed_number, b.period, b.chamber, b.title, b.state, b.stage, s.position AS stage_position, b.filed_on, b.proponent, b.authors, b.former_number,
    coalesce(p.refilings, 0) AS refilings, coalesce(p.step_count, 0) AS step_count, p.last_step_seen_at, coalesce(n.document_count, 0) AS document_count,
    coalesce(n.source_count, 0) AS source_count, n.last_news_on, coalesce(l.sectors, []) AS sectors, coalesce(l.is_on_extortion, false) AS is_on_extortion, d.url
FROM bills b LEFT JOIN (SELECT stage, min(position) AS position FROM bill_states GROUP BY 1) s USING (stage) LEFT JOIN stepped p USING (bill_id)
    LEFT JOIN spoken n USING (bill_id) LEFT JOIN labelled l USING (bill_id) LEFT JOIN documents d ON d.document_id = b.document_id;
COMMENT ON VIEW bill_status IS 'One row a bill: its stage now, how it came there, and how much is said of it.';
COMMENT ON COLUMN bill_status.title IS 'As filed, without the mark of its former number.';
COMMENT ON COLUMN bill_status.stage_position IS 'Order of that stage, from 1. NULL: a word not known yet.';
COMMENT ON COLUMN bill_status.refilings IS 'How often it was filed anew; 0: never, as far as titles say.';
COMMENT ON COLUMN bill_status.step_count IS 'States it was found in, under its former numbers too.';
COMMENT ON COLUMN bill_status.last_step_seen_at IS 'When its last change was found (UTC). NULL: no step known.';
COMMENT ON COLUMN bill_status.document_count IS 'Documents that name its number.';
COMMENT ON COLUMN bill_status.source_count IS 'Sources of these.';
COMMENT ON COLUMN bill_status.last_news_on IS 'Day (Lima) of the last of them. NULL: none.';
COMMENT ON COLUMN bill_status.sectors IS 'Sectors its own text was labelled with. Empty: none.';
COMMENT ON COLUMN bill_status.is_on_extortion IS 'Whether its own text was labelled with extortion.';
COMMENT ON COLUMN bill_status.url IS 'Its page in the list. NULL: not kept.';
