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
SELECT d.document_id, md5_number_lower(d.document_id) AS key, d.source_id, d.published_on, d.title, d.text
FROM documents d SEMI JOIN (SELECT document_id FROM i_wanted ANTI JOIN i_held USING (document_id, fingerprint)) USING (document_id);

-- name: save_held
COPY i_wanted TO '{path}' (FORMAT parquet);

-- name: drop_staged
DROP TABLE IF EXISTS i_held;
DROP TABLE IF EXISTS i_wanted;

-- name: of_sectors
-- Documents that carry one of some sectors, or tell an event of one.
SELECT document_key FROM (
    SELECT document_key FROM document_filters WHERE axis = 'sector' AND label IN (SELECT unnest($values::VARCHAR[]))
    UNION ALL SELECT document_key FROM document_filters SEMI JOIN (SELECT kind_id FROM event_kinds WHERE list_has_any(sectors, $values::VARCHAR[])) USING (kind_id)
) LIMIT $most::BIGINT;

-- name: of_sectors_among
WITH asked AS MATERIALIZED (SELECT unnest($keys::UBIGINT[]) AS document_key)
SELECT document_key FROM document_filters SEMI JOIN asked USING (document_key) WHERE axis = 'sector' AND label IN (SELECT unnest($values::VARCHAR[]))
UNION ALL
SELECT document_key FROM document_filters SEMI JOIN asked USING (document_key)
WHERE kind_id IN (SELECT kind_id FROM event_kinds WHERE list_has_any(sectors, $values::VARCHAR[]));

-- name: of_events
-- Documents that carry one of some event types, or tell an event of one.
SELECT document_key FROM (
    SELECT document_key FROM document_filters WHERE axis = 'event' AND label IN (SELECT unnest($values::VARCHAR[]))
    UNION ALL SELECT document_key FROM document_filters SEMI JOIN (SELECT kind_id FROM event_kinds WHERE list_has_any(types, $values::VARCHAR[])) USING (kind_id)
) LIMIT $most::BIGINT;

-- name: of_events_among
WITH asked AS MATERIALIZED (SELECT unnest($keys::UBIGINT[]) AS document_key)
SELECT document_key FROM document_filters SEMI JOIN asked USING (document_key) WHERE axis = 'event' AND label IN (SELECT unnest($values::VARCHAR[]))
UNION ALL
SELECT document_key FROM document_filters SEMI JOIN asked USING (document_key)
WHERE kind_id IN (SELECT kind_id FROM event_kinds WHERE list_has_any(types, $values::VARCHAR[]));

-- name: of_region
-- Documents that tell an event in a region.
SELECT document_key FROM document_filters WHERE ubigeo BETWEEN $region AND $region || '~' LIMIT $most::BIGINT;

-- name: of_region_among
SELECT document_key FROM document_filters SEMI JOIN (SELECT unnest($keys::UBIGINT[]) AS document_key) USING (document_key)
WHERE ubigeo BETWEEN $region AND $region || '~';

-- name: describe
-- Documents lie in order of their day: those of other days are not looked at.
SELECT document_id, event_ids, title, published_on, source_id, url FROM documents
WHERE published_on IN (SELECT unnest($days::DATE[])) AND document_id IN (SELECT unnest($ids::VARCHAR[]))
UNION ALL
SELECT document_id, event_ids, title, published_on, source_id, url FROM documents WHERE published_on IS NULL AND document_id IN (SELECT unnest($undated::VARCHAR[]));
