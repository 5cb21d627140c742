-- Statements of warehouse/search: what the index lacks or holds too much (asked of the writer's file), and what a found document is
-- (asked of the published file).

-- name: held
CREATE OR REPLACE TEMP TABLE i_held AS SELECT document_id, fingerprint FROM read_parquet($held);

-- name: nothing_held
CREATE OR REPLACE TEMP TABLE i_held (document_id VARCHAR, fingerprint UBIGINT);

-- name: wanted
CREATE OR REPLACE TEMP TABLE i_wanted AS
SELECT document_id, md5_number_lower(concat_ws(chr(31), title, text_hash, coalesce(published_on::VARCHAR, ''), source_id)) AS fingerprint FROM documents;

-- name: gone
SELECT document_id FROM i_held ANTI JOIN i_wanted USING (document_id, fingerprint);

-- name: fresh
SELECT d.document_id, d.source_id, d.published_on, d.title, d.text
FROM documents d SEMI JOIN (SELECT document_id FROM i_wanted ANTI JOIN i_held USING (document_id, fingerprint)) USING (document_id);

-- name: save_held
COPY i_wanted TO '{path}' (FORMAT parquet);

-- name: drop_staged
DROP TABLE IF EXISTS i_held;
DROP TABLE IF EXISTS i_wanted;

-- name: allowed
-- Documents that carry a label, or tell a happening, or an event, that the filters ask for.
SELECT document_id FROM documents
WHERE (len($sectors::VARCHAR[]) = 0 OR document_id IN (
        SELECT document_id FROM document_labels WHERE axis = 'sector' AND band = 'yes' AND list_contains($sectors::VARCHAR[], label)
        UNION SELECT document_id FROM mentions JOIN mention_sectors USING (mention_id) WHERE list_contains($sectors::VARCHAR[], sector)))
  AND (len($events::VARCHAR[]) = 0 OR document_id IN (
        SELECT document_id FROM document_labels WHERE axis = 'event' AND band = 'yes' AND list_contains($events::VARCHAR[], label)
        UNION SELECT document_id FROM mentions WHERE list_contains($events::VARCHAR[], type)))
  AND ($region::VARCHAR IS NULL OR document_id IN (
        SELECT document_id FROM mentions WHERE starts_with(ubigeo, $region::VARCHAR)
        UNION SELECT document_id FROM event_documents JOIN events USING (event_id) WHERE starts_with(ubigeo, $region::VARCHAR)))
LIMIT $most::BIGINT;

-- name: describe
SELECT d.document_id, coalesce(e.event_ids, []) AS event_ids, d.title, d.published_on, d.source_id, d.url
FROM documents d LEFT JOIN (
    SELECT document_id, list(event_id ORDER BY event_id) AS event_ids FROM event_documents WHERE list_contains($ids::VARCHAR[], document_id) GROUP BY 1
) e USING (document_id)
WHERE d.document_id IN (SELECT unnest($ids::VARCHAR[]));
