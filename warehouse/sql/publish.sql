-- The published file, table by table: what analysts get. No full text, no unmasked title or evidence, nothing operational.

-- name: documents
CREATE TABLE pub.documents AS
SELECT document_id, source_id, url, kind, title_masked AS title, language, published_at, published_on, published_from, published_precision,
    updated_at, section, text_hash, page_first, page_last, is_teaser, digest, version, model
FROM documents ORDER BY published_on, document_id;

-- name: mentions
CREATE TABLE pub.mentions AS
SELECT * EXCLUDE (evidence, evidence_masked, evidence_start, evidence_end), evidence_masked AS evidence FROM mentions ORDER BY mention_id;

-- name: events
CREATE TABLE pub.events AS SELECT * FROM events ORDER BY week, event_id;
