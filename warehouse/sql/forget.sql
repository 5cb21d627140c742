-- Statements of warehouse/forgetting.py.

-- name: by_id
SELECT document_id, url, canonical_url, title FROM documents WHERE document_id = $wanted OR split_part(document_id, '-', 1) = $wanted;

-- name: by_url
SELECT document_id, url, canonical_url, title FROM documents WHERE canonical_url = $wanted OR url = $wanted;

-- name: every_text
SELECT document_id, url, canonical_url, title, text FROM documents;

-- name: stage
CREATE OR REPLACE TEMP TABLE s_gone AS SELECT unnest($ids::VARCHAR[]) AS document_id;
CREATE OR REPLACE TEMP TABLE s_touched AS SELECT document_id FROM s_gone;
CREATE OR REPLACE TEMP TABLE s_told (mention_id VARCHAR);
CREATE OR REPLACE TEMP TABLE s_known AS SELECT document_id FROM s_gone;
CREATE OR REPLACE TEMP TABLE s_former AS SELECT mention_id FROM mentions WHERE document_id IN (SELECT document_id FROM s_gone);

-- name: events_told
-- Events that the pages tell or once told, under every id they were known by.
WITH told AS (
    SELECT event_id FROM tellings WHERE document_id IN (SELECT unnest($ids::VARCHAR[]))
    UNION SELECT unnest([r.event_id, r.other_id]) FROM reviews r JOIN review_anchors a USING (review_id) WHERE a.document_id IN (SELECT unnest($ids::VARCHAR[]))
)
SELECT event_id FROM told WHERE event_id IS NOT NULL UNION SELECT event_id FROM event_redirects WHERE now_id IN (SELECT event_id FROM told);

-- name: blank_notes
-- What a person said of an event stands; their own words may name whom the page named.
UPDATE reviews SET note = NULL WHERE note IS NOT NULL AND review_id IN (SELECT review_id FROM review_anchors WHERE document_id IN (SELECT document_id FROM s_gone));

-- name: drop_telling_links
DELETE FROM telling_links WHERE document_a IN (SELECT document_id FROM s_gone) OR document_b IN (SELECT document_id FROM s_gone);

-- name: bury
INSERT INTO forgotten SELECT DISTINCT split_part(document_id, '-', 1), now() FROM s_gone WHERE split_part(document_id, '-', 1) NOT IN (SELECT document_id FROM forgotten);

-- name: tables_of_documents
SELECT table_name FROM duckdb_columns() WHERE column_name = 'document_id' AND schema_name = 'main' AND NOT internal AND database_name = current_database()
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary) AND table_name NOT IN ('forgotten', 'pending_documents', 'unindexed_documents');

-- name: drop_rows
DELETE FROM {table} WHERE document_id IN (SELECT document_id FROM s_gone);

-- name: ops_bury
INSERT OR IGNORE INTO forgotten VALUES (?, ?);

-- name: ops_drop_judgements
DELETE FROM review_inbox WHERE document_id = ?1 OR substr(document_id, 1, length(?1) + 1) = ?1 || '-';

-- name: ops_blank_notes
UPDATE review_inbox SET note = NULL WHERE event_id = ?1 OR other_id = ?1;

-- name: ops_drop_frontier
DELETE FROM frontier WHERE canonical_url = ?1 OR url = ?1 OR final_url = ?1;

-- name: ops_drop_outcomes
DELETE FROM outcomes WHERE canonical_url = ?1;

-- name: ops_drop_refused
DELETE FROM refused WHERE url = ?1;

-- name: ops_drop_exchanges
DELETE FROM exchanges WHERE url = ?1 OR final_url = ?1;

-- name: ops_clear_listed
UPDATE ways SET last_listed = (SELECT json_group_array(value) FROM json_each(last_listed) WHERE value <> ?1) WHERE instr(last_listed, ?1);

-- name: ops_clear_reports
UPDATE runs SET report = replace(report, ?1, '') WHERE instr(report, ?1);
