-- Statements of warehouse/load.py. Staged tables s_documents, s_labels, s_mentions, s_norms hold one batch; s_gone the parts that
-- a shorter reading of a report no longer has; s_touched both; s_known those of both that the warehouse holds, with their mentions in
-- s_former: of a night of news they are few or none, and then the large tables are not looked through for them. Of documents and mentions only what decides is staged: `row` says
-- where the rest lies in the batch's file, so that texts are copied once.

-- name: stage
CREATE OR REPLACE TEMP TABLE s_documents AS
SELECT d.file_row_number AS row, d.id, d.canonical_url, d.kind, d.text_hash, d.digest, d.fetched_at, u.model, u.title_masked
FROM read_parquet($documents, file_row_number = true) d JOIN read_parquet($understood) u ON u.document_id = d.id
WHERE split_part(d.id, '-', 1) NOT IN (SELECT document_id FROM forgotten)
QUALIFY row_number() OVER (PARTITION BY d.id ORDER BY d.fetched_at DESC) = 1;

-- name: stage_labels
CREATE OR REPLACE TEMP TABLE s_labels AS SELECT DISTINCT * FROM read_parquet($labels);

-- name: stage_mentions
CREATE OR REPLACE TEMP TABLE s_mentions AS
SELECT mention_id, any_value(document_id) AS document_id, arg_min(file_row_number, (evidence_start, file_row_number)) AS row
FROM read_parquet($mentions, file_row_number = true) SEMI JOIN s_documents ON s_documents.id = document_id
GROUP BY mention_id;

-- name: gone_documents
CREATE OR REPLACE TEMP TABLE s_gone AS
SELECT document_id FROM documents
WHERE kind = 'report' AND canonical_url IN (SELECT canonical_url FROM s_documents WHERE kind = 'report') AND document_id NOT IN (SELECT id FROM s_documents);

-- name: touched_documents
CREATE OR REPLACE TEMP TABLE s_touched AS SELECT id AS document_id FROM s_documents UNION ALL SELECT document_id FROM s_gone;

-- name: known_documents
CREATE OR REPLACE TEMP TABLE s_known AS
SELECT document_id FROM documents WHERE document_id IN (SELECT id FROM s_documents) UNION ALL SELECT document_id FROM s_gone;

-- name: former_mentions
CREATE OR REPLACE TEMP TABLE s_former AS SELECT mention_id FROM mentions WHERE document_id IN (SELECT document_id FROM s_known);

-- name: drop_gone_versions
DELETE FROM document_versions WHERE document_id IN (SELECT document_id FROM s_gone);

-- name: drop_gone_documents
DELETE FROM documents WHERE document_id IN (SELECT document_id FROM s_gone);

-- name: is_loaded
SELECT count(*) FROM loaded_batches WHERE batch = ?;

-- name: mark_loaded
INSERT INTO loaded_batches VALUES (?, now());

-- name: insert_versions
INSERT INTO document_versions
SELECT s.id, coalesce(d.version, 0) + 1, s.text_hash, s.digest, s.fetched_at
FROM s_documents s LEFT JOIN documents d ON d.document_id = s.id
WHERE d.text_hash IS DISTINCT FROM s.text_hash;

-- name: merge_documents
MERGE INTO documents AS d USING (
    SELECT p.*, s.model, s.title_masked FROM read_parquet($documents, file_row_number = true) p JOIN s_documents s ON s.row = p.file_row_number
) AS s ON d.document_id = s.id
WHEN MATCHED THEN UPDATE SET url = s.url, kind = s.kind, title = s.title, title_masked = s.title_masked, text = s.text, language = s.language,
    published_at = coalesce(s.published_at, d.published_at), published_on = coalesce(s.published_on, d.published_on),
    published_from = coalesce(s.published_from, d.published_from),
    published_precision = CASE WHEN s.published_at IS NULL THEN d.published_precision ELSE s.published_precision END,
    updated_at = s.updated_at, byline = s.byline, section = s.section, text_hash = s.text_hash, minhash = s.minhash,
    page_first = s.page_first, page_last = s.page_last, is_teaser = s.is_teaser, digest = s.digest, fetched_at = s.fetched_at,
    version = d.version + CASE WHEN d.text_hash <> s.text_hash THEN 1 ELSE 0 END, model = s.model
WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.source_id, s.url, s.canonical_url, s.kind, s.title, s.title_masked, s.text, s.language,
    s.published_at, s.published_on, s.published_from, s.published_precision, s.updated_at, s.byline, s.section, s.text_hash, s.minhash,
    s.page_first, s.page_last, s.is_teaser, s.digest, s.fetched_at, 1, s.model);

-- name: drop_labels
DELETE FROM document_labels WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_labels
INSERT INTO document_labels SELECT document_id, axis, label, probability, band FROM s_labels WHERE document_id IN (SELECT id FROM s_documents);

-- name: stale_mentions
CREATE OR REPLACE TEMP TABLE s_stale AS
SELECT f.mention_id, e.event_id
FROM (FROM s_former WHERE mention_id NOT IN (SELECT mention_id FROM s_mentions)) f LEFT JOIN event_mentions e USING (mention_id);

-- name: drop_stale_links
DELETE FROM event_mentions WHERE mention_id IN (SELECT mention_id FROM s_stale);

-- name: drop_mention_sectors
DELETE FROM mention_sectors WHERE mention_id IN (SELECT mention_id FROM s_former);

-- name: drop_mention_territories
DELETE FROM mention_territories WHERE mention_id IN (SELECT mention_id FROM s_former);

-- name: drop_mentions
DELETE FROM mentions WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_mentions
INSERT INTO mentions BY NAME
SELECT * EXCLUDE (sectors, territory, file_row_number) FROM read_parquet($mentions, file_row_number = true) p
WHERE file_row_number IN (SELECT row FROM s_mentions);

-- name: insert_mention_sectors
INSERT INTO mention_sectors
SELECT mention_id, unnest(list_distinct(sectors)) FROM read_parquet($mentions, file_row_number = true) WHERE file_row_number IN (SELECT row FROM s_mentions);

-- name: insert_mention_territories
INSERT INTO mention_territories
SELECT mention_id, t.ubigeo, min(t.coverage) FROM (
    SELECT mention_id, unnest(territory) AS t FROM read_parquet($mentions, file_row_number = true)
    WHERE len(territory) > 0 AND file_row_number IN (SELECT row FROM s_mentions)
) GROUP BY ALL;

-- name: mark_dirty
INSERT INTO dirty_events SELECT DISTINCT event_id FROM s_stale WHERE event_id IS NOT NULL AND event_id NOT IN (SELECT event_id FROM dirty_events);

-- name: stage_norms
CREATE OR REPLACE TEMP TABLE s_norms AS SELECT * FROM read_parquet($norms);

-- name: stage_no_norms
CREATE OR REPLACE TEMP TABLE s_norms AS SELECT *, [{ubigeo: '', coverage: ''}] AS territory FROM norms LIMIT 0;

-- name: drop_norm_territories
DELETE FROM norm_territories WHERE norm_id IN (SELECT norm_id FROM norms WHERE document_id IN (SELECT document_id FROM s_known));

-- name: drop_norms
DELETE FROM norms WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_norms
INSERT INTO norms BY NAME SELECT * EXCLUDE (territory) FROM s_norms WHERE document_id IN (SELECT id FROM s_documents);

-- name: insert_norm_territories
INSERT INTO norm_territories
SELECT norm_id, t.ubigeo, min(t.coverage) FROM (SELECT norm_id, unnest(territory) AS t FROM s_norms WHERE document_id IN (SELECT id FROM s_documents))
GROUP BY ALL;

-- name: drop_figures
DELETE FROM figures WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_figures
INSERT INTO figures BY NAME SELECT * FROM read_parquet($figures) WHERE document_id IN (SELECT id FROM s_documents);

-- name: mark_pending
INSERT INTO pending_documents SELECT document_id FROM s_touched WHERE document_id NOT IN (SELECT document_id FROM pending_documents);

-- name: mark_unindexed
INSERT INTO unindexed_documents SELECT document_id, now() FROM s_touched;

-- name: columns_of
SELECT * FROM {table} LIMIT 0;

-- name: given_rows
CREATE OR REPLACE TEMP TABLE s_given AS FROM {table} LIMIT 0;

-- name: insert_given
INSERT INTO s_given FROM f_rows;

-- name: new_rows
CREATE OR REPLACE TEMP TABLE s_rows AS FROM s_given EXCEPT FROM {table};

-- name: drop_former_rows
DELETE FROM {table} WHERE ({keys}) IN (SELECT ({keys}) FROM s_rows);

-- name: insert_rows
INSERT INTO {table} FROM s_rows;

-- name: counts
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM mentions) AS mentions, (SELECT count(*) FROM events) AS events;
