-- Statements of warehouse/search: what the index lacks or holds too much (asked of the writer's file), and what a found document is
-- (asked of the published file). i_held is what the index says it holds, of the documents asked for or of all.

-- name: is_paired
SELECT count(*) FROM index_marks WHERE mark = $mark;

-- name: touched
CREATE OR REPLACE TEMP TABLE i_touched AS SELECT document_id, touched_at FROM unindexed_documents;

-- name: touched_keys
SELECT DISTINCT md5_number_lower(document_id) FROM i_touched;

-- name: wanted_of_touched
CREATE OR REPLACE TEMP TABLE i_wanted AS
SELECT document_id, md5_number_lower(document_id) AS key, md5_number_lower(concat_ws(chr(31), title, text_hash, coalesce(published_on::VARCHAR, ''), source_id)) AS fingerprint
FROM documents WHERE document_id IN (SELECT document_id FROM i_touched);

-- name: wanted_of_all
CREATE OR REPLACE TEMP TABLE i_wanted AS
SELECT document_id, md5_number_lower(document_id) AS key, md5_number_lower(concat_ws(chr(31), title, text_hash, coalesce(published_on::VARCHAR, ''), source_id)) AS fingerprint FROM documents;

-- name: gone
SELECT key FROM i_held ANTI JOIN i_wanted USING (key, fingerprint);

-- name: lacking
CREATE OR REPLACE TEMP TABLE i_lacking AS SELECT document_id, key, fingerprint FROM i_wanted ANTI JOIN i_held USING (key, fingerprint);

-- name: fresh
SELECT d.document_id, l.key, l.fingerprint, d.source_id, d.published_on, d.title, d.text FROM documents d JOIN i_lacking l USING (document_id);

-- name: drop_touched
-- What was loaded meanwhile stays for the next time.
DELETE FROM unindexed_documents u WHERE EXISTS (SELECT 1 FROM i_touched t WHERE t.document_id = u.document_id AND t.touched_at = u.touched_at);

-- name: drop_mark
DELETE FROM index_marks;

-- name: set_mark
INSERT INTO index_marks VALUES ($mark);

-- name: drop_staged
DROP TABLE IF EXISTS i_touched;
DROP TABLE IF EXISTS i_wanted;
DROP TABLE IF EXISTS i_lacking;

-- name: bits
SELECT coalesce(bit_or(1::UBIGINT << bit), 0) FROM label_bits WHERE axis = $axis AND label IN (SELECT unnest($labels::VARCHAR[]));

-- name: of_sectors
-- Documents that carry one of some sectors, or tell an event of one.
SELECT document_key FROM document_filters WHERE sector_bits & $bits::UBIGINT <> 0 LIMIT $most::BIGINT;

-- name: of_sectors_among
-- {keys} are numbers written out: only then is the index asked.
SELECT document_key FROM document_filters WHERE document_key IN ({keys}) AND sector_bits & $bits::UBIGINT <> 0;

-- name: of_events
-- Documents that carry one of some event types, or tell an event of one.
SELECT document_key FROM document_filters WHERE type_bits & $bits::UBIGINT <> 0 LIMIT $most::BIGINT;

-- name: of_events_among
SELECT document_key FROM document_filters WHERE document_key IN ({keys}) AND type_bits & $bits::UBIGINT <> 0;

-- name: of_region
-- Documents that tell an event in a region.
SELECT document_key FROM document_places WHERE ubigeo BETWEEN $region AND $region || '~' LIMIT $most::BIGINT;

-- name: of_region_among
SELECT DISTINCT document_key FROM document_places WHERE ubigeo BETWEEN $region AND $region || '~' AND document_key IN ({keys});

-- name: describe
-- {marks}: a question mark for each id, for which the index is asked; of a list that is unnested it is not.
SELECT document_id, event_ids, title, published_on, source_id, url FROM documents WHERE document_id IN ({marks});
