-- Statements of warehouse/load.py. Staged tables hold what is decided of one batch: s_documents its documents, s_norms its norms, s_gone the
-- parts that a shorter reading of a report no longer has, s_touched both; s_known those of both that the warehouse holds, with their mentions
-- in s_former and those the batch tells again in s_told: of a night of news they are few or none, and then the large tables are not looked
-- through for them. s_held holds the mentions of the batch's file that wait for a person, s_refused the rows that are not taken as mentions,
-- these among them: looking for few rows is quicker than taking all others.
-- Of documents only what decides is staged: `row` says where the rest lies in the batch's file, so that texts are copied once.

-- name: stage
CREATE OR REPLACE TEMP TABLE s_documents AS
SELECT d.file_row_number AS row, d.id, d.canonical_url, d.kind, d.text_hash, d.digest, d.fetched_at, u.model, u.title_masked
FROM read_parquet($documents, file_row_number = true) d JOIN read_parquet($understood) u ON u.document_id = d.id
WHERE split_part(d.id, '-', 1) NOT IN (SELECT document_id FROM forgotten)
QUALIFY row_number() OVER (PARTITION BY d.id ORDER BY d.fetched_at DESC) = 1;

-- A mention of a document that is not taken, or named twice. Numbers are grouped at half the cost of ids; ids with a number in common are looked at.
-- name: refused_mentions
CREATE OR REPLACE TEMP TABLE s_refused AS
WITH told AS (SELECT mention_id, document_id, evidence_start, file_row_number AS row FROM read_parquet($mentions, file_row_number = true)),
    alike AS (SELECT hash(mention_id) AS number FROM told GROUP BY number HAVING count(*) > 1)
SELECT row FROM told ANTI JOIN s_documents ON s_documents.id = document_id
UNION ALL
SELECT row FROM told SEMI JOIN s_documents ON s_documents.id = document_id
WHERE hash(mention_id) IN (SELECT number FROM alike)
QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY evidence_start, row) > 1;

-- The file of a program that marked none has no such column.
-- name: uncertain_mentions
CREATE OR REPLACE TEMP TABLE s_held AS
SELECT * FROM (SELECT false AS uncertain WHERE false UNION ALL BY NAME FROM read_parquet($mentions, file_row_number = true))
ANTI JOIN s_refused ON row = file_row_number WHERE uncertain;

-- name: refuse_uncertain
INSERT INTO s_refused SELECT file_row_number FROM s_held;

-- name: gone_documents
CREATE OR REPLACE TEMP TABLE s_gone AS
SELECT document_id FROM documents
WHERE kind = 'report' AND canonical_url IN (SELECT canonical_url FROM s_documents WHERE kind = 'report') AND document_id NOT IN (SELECT id FROM s_documents);

-- name: touched_documents
CREATE OR REPLACE TEMP TABLE s_touched AS SELECT id AS document_id FROM s_documents UNION ALL SELECT document_id FROM s_gone;

-- name: known_documents
CREATE OR REPLACE TEMP TABLE s_known AS
SELECT document_id, version, text_hash FROM documents WHERE document_id IN (SELECT document_id FROM s_touched);

-- name: former_mentions
CREATE OR REPLACE TEMP TABLE s_former AS SELECT mention_id FROM mentions WHERE document_id IN (SELECT document_id FROM s_known);

-- A mention that is only recalled or uncertain now leaves its event as one that is gone.
-- name: told_again
CREATE OR REPLACE TEMP TABLE s_told AS
SELECT mention_id FROM read_parquet($mentions, file_row_number = true) ANTI JOIN s_refused ON row = file_row_number
WHERE status <> 'recalled' AND document_id IN (SELECT document_id FROM s_known);

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
SELECT s.id, coalesce(k.version, 0) + 1, s.text_hash, s.digest, s.fetched_at
FROM s_documents s LEFT JOIN s_known k ON k.document_id = s.id
WHERE k.text_hash IS DISTINCT FROM s.text_hash;

-- name: insert_documents
INSERT INTO documents
SELECT s.id, p.source_id, p.url, p.canonical_url, p.kind, p.title, s.title_masked, p.text, p.language, p.published_at, p.published_on,
    p.published_from, p.published_precision, p.updated_at, p.byline, p.section, p.text_hash, p.minhash, p.page_first, p.page_last,
    p.is_teaser, p.digest, p.fetched_at, 1, s.model
FROM read_parquet($documents, file_row_number = true) p
JOIN (FROM s_documents ANTI JOIN s_known ON s_known.document_id = id) s ON s.row = p.file_row_number;

-- name: update_documents
MERGE INTO documents AS d USING (
    SELECT p.*, s.model, s.title_masked FROM read_parquet($documents, file_row_number = true) p
    JOIN (FROM s_documents SEMI JOIN s_known ON s_known.document_id = id) s ON s.row = p.file_row_number
) AS s ON d.document_id = s.id
WHEN MATCHED THEN UPDATE SET url = s.url, kind = s.kind, title = s.title, title_masked = s.title_masked, text = s.text, language = s.language,
    published_at = coalesce(s.published_at, d.published_at), published_on = coalesce(s.published_on, d.published_on),
    published_from = coalesce(s.published_from, d.published_from),
    published_precision = CASE WHEN s.published_at IS NULL THEN d.published_precision ELSE s.published_precision END,
    updated_at = s.updated_at, byline = s.byline, section = s.section, text_hash = s.text_hash, minhash = s.minhash,
    page_first = s.page_first, page_last = s.page_last, is_teaser = s.is_teaser, digest = s.digest, fetched_at = s.fetched_at,
    version = d.version + CASE WHEN d.text_hash <> s.text_hash THEN 1 ELSE 0 END, model = s.model;

-- name: drop_labels
DELETE FROM document_labels WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_labels
INSERT INTO document_labels
SELECT DISTINCT document_id, axis, label, probability, band FROM read_parquet($labels) WHERE document_id IN (SELECT id FROM s_documents);

-- name: stale_mentions
CREATE OR REPLACE TEMP TABLE s_stale AS
SELECT f.mention_id, e.event_id FROM (FROM s_former ANTI JOIN s_told USING (mention_id)) f LEFT JOIN event_mentions e USING (mention_id);

-- name: note_stale
INSERT INTO unlinked_mentions
SELECT s.mention_id, m.document_id, s.event_id FROM s_stale s JOIN mentions m USING (mention_id) WHERE s.event_id IS NOT NULL
EXCEPT FROM unlinked_mentions;

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
SELECT COLUMNS(c -> c NOT IN ('sectors', 'territory', 'uncertain', 'file_row_number'))
FROM read_parquet($mentions, file_row_number = true) ANTI JOIN s_refused ON row = file_row_number;

-- name: insert_mention_sectors
INSERT INTO mention_sectors
SELECT mention_id, unnest(CASE WHEN len(sectors) > 1 THEN list_distinct(sectors) ELSE sectors END)
FROM read_parquet($mentions, file_row_number = true) ANTI JOIN s_refused ON row = file_row_number;

-- name: insert_mention_territories
INSERT INTO mention_territories
SELECT mention_id, t.ubigeo, min(t.coverage) FROM (
    SELECT mention_id, unnest(territory) AS t FROM read_parquet($mentions, file_row_number = true) ANTI JOIN s_refused ON row = file_row_number
    WHERE len(territory) > 0
) GROUP BY ALL;

-- name: drop_held
DELETE FROM held_mentions WHERE document_id IN (SELECT document_id FROM s_known);

-- name: insert_held
INSERT INTO held_mentions BY NAME
SELECT * EXCLUDE (uncertain, file_row_number) REPLACE (coalesce(sectors, []) AS sectors, coalesce(territory, []) AS territory) FROM s_held;

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
