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

-- name: bury
INSERT INTO forgotten SELECT DISTINCT split_part(document_id, '-', 1), now() FROM s_gone WHERE split_part(document_id, '-', 1) NOT IN (SELECT document_id FROM forgotten);

-- name: tables_of_documents
SELECT table_name FROM duckdb_columns() WHERE column_name = 'document_id' AND schema_name = 'main' AND NOT internal AND database_name = current_database()
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary) AND table_name NOT IN ('forgotten', 'pending_documents', 'unindexed_documents');

-- name: drop_rows
DELETE FROM {table} WHERE document_id IN (SELECT document_id FROM s_gone);

-- name: ops_bury
INSERT OR IGNORE INTO forgotten VALUES (?, ?);

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
