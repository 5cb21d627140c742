-- The published file, table by table: what analysts get. No full text, no unmasked title or evidence, nothing operational.
-- Events lie in order of their week and, within it, of their place, roll-ups in order of what they are filtered by: a reader skips what it does not ask for.

-- name: event_documents
CREATE TABLE pub.event_documents AS
SELECT DISTINCT l.event_id, m.document_id, d.source_id
FROM event_mentions l JOIN mentions m USING (mention_id) JOIN documents d USING (document_id)
ORDER BY l.event_id;

-- name: documents
CREATE TABLE pub.documents AS
SELECT d.document_id, source_id, url, kind, title_masked AS title, language, published_at, published_on, published_from, published_precision,
    updated_at, section, text_hash, page_first, page_last, is_teaser, digest, fetched_at, version, model, coalesce(e.event_ids, []) AS event_ids
FROM documents d LEFT JOIN (SELECT document_id, list(event_id ORDER BY event_id) AS event_ids FROM pub.event_documents GROUP BY 1) e USING (document_id)
ORDER BY published_on, document_id;

-- name: mentions
CREATE TABLE pub.mentions AS
SELECT * EXCLUDE (evidence, evidence_masked, evidence_start, evidence_end), evidence_masked AS evidence FROM mentions;

-- name: combinations
CREATE OR REPLACE TEMP TABLE p_combinations AS
SELECT event_id, coalesce(t.types, []) AS types, coalesce(s.sectors, []) AS sectors
FROM events
    LEFT JOIN (SELECT event_id, list_sort(list(type)) AS types FROM event_types GROUP BY 1) t USING (event_id)
    LEFT JOIN (SELECT event_id, list_sort(list(sector)) AS sectors FROM event_sectors GROUP BY 1) s USING (event_id);

-- name: event_kinds
CREATE TABLE pub.event_kinds AS
SELECT row_number() OVER (ORDER BY types, sectors)::INTEGER AS kind_id, types, sectors FROM (SELECT DISTINCT types, sectors FROM p_combinations);

-- name: events
CREATE TABLE pub.events AS
SELECT e.*, k.types, k.sectors, coalesce(d.source_ids, []) AS source_ids, k.kind_id
FROM events e JOIN p_combinations USING (event_id) JOIN pub.event_kinds k USING (types, sectors)
    LEFT JOIN (SELECT event_id, list_sort(list(DISTINCT source_id)) AS source_ids FROM pub.event_documents GROUP BY 1) d USING (event_id)
ORDER BY e.week, e.ubigeo, e.event_id;

-- name: label_bits
CREATE TABLE pub.label_bits AS
SELECT axis, label, CASE WHEN bit < 64 THEN bit::UTINYINT ELSE error('more than 64 labels of the axis ' || axis || ' are in use: document_filters has no bit for another') END AS bit
FROM (
    SELECT axis, label, row_number() OVER (PARTITION BY axis ORDER BY label) - 1 AS bit FROM (
        SELECT 'sector' AS axis, unnest(sectors) AS label FROM pub.event_kinds
        UNION SELECT 'event', unnest(types) FROM pub.event_kinds
        UNION SELECT axis, label FROM document_labels WHERE band = 'yes'
    )
) ORDER BY axis, label;

-- name: document_filters
CREATE TABLE pub.document_filters AS
WITH kinds AS (
    SELECT kind_id,
        coalesce((SELECT bit_or(1::UBIGINT << bit) FROM pub.label_bits WHERE axis = 'sector' AND list_contains(sectors, label)), 0) AS sector_bits,
        coalesce((SELECT bit_or(1::UBIGINT << bit) FROM pub.label_bits WHERE axis = 'event' AND list_contains(types, label)), 0) AS type_bits
    FROM pub.event_kinds
), carried AS (
    SELECT axis, label, CASE axis WHEN 'sector' THEN 1::UBIGINT << bit ELSE 0 END AS sector_bits, CASE axis WHEN 'event' THEN 1::UBIGINT << bit ELSE 0 END AS type_bits
    FROM pub.label_bits
)
SELECT document_key, bit_or(sector_bits) AS sector_bits, bit_or(type_bits) AS type_bits FROM (
    SELECT md5_number_lower(d.document_id) AS document_key, k.sector_bits, k.type_bits
    FROM pub.event_documents d JOIN pub.events e USING (event_id) JOIN kinds k USING (kind_id)
    UNION ALL SELECT md5_number_lower(l.document_id), c.sector_bits, c.type_bits FROM document_labels l JOIN carried c USING (axis, label) WHERE l.band = 'yes'
) GROUP BY document_key ORDER BY document_key;

-- name: document_places
CREATE TABLE pub.document_places AS
SELECT e.ubigeo, md5_number_lower(d.document_id) AS document_key FROM pub.event_documents d JOIN pub.events e USING (event_id)
WHERE e.ubigeo IS NOT NULL ORDER BY e.ubigeo;

-- name: forget_combinations
DROP TABLE p_combinations;

-- name: departments
CREATE TABLE pub.departments AS
SELECT department, min(left(ubigeo, 2)) || '0000' AS ubigeo, sum(population)::BIGINT AS population FROM districts GROUP BY 1
UNION ALL SELECT DISTINCT department, NULL, NULL FROM events WHERE department IS NOT NULL AND department NOT IN (SELECT department FROM districts)
UNION ALL SELECT 'unknown', NULL, NULL
ORDER BY 1;

-- name: event_weeks
CREATE TABLE pub.event_weeks AS
SELECT coalesce(s.sector, 'none') AS sector, coalesce(e.department, 'unknown') AS department, t.type AS event_type, e.week,
    count(*) AS event_count, coalesce(sum(e.killed), 0)::BIGINT AS killed, coalesce(sum(e.wounded), 0)::BIGINT AS wounded,
    count(*) FILTER (e.week_basis = 'report') AS dated_by_report
FROM events e JOIN event_types t USING (event_id) LEFT JOIN event_sectors s USING (event_id)
WHERE e.week IS NOT NULL AND e.status = 'happened'
GROUP BY ALL ORDER BY ALL;

-- name: source_weeks
CREATE TABLE pub.source_weeks AS
SELECT source_id, date_trunc('week', published_on)::DATE AS week, count(*) AS document_count
FROM documents WHERE published_on IS NOT NULL
GROUP BY ALL ORDER BY ALL;

-- name: weeks
CREATE TABLE pub.weeks AS
WITH span AS (
    SELECT min(week) AS first_week, greatest(max(week), (SELECT max(week) FROM pub.source_weeks)) AS last_week FROM events WHERE status = 'happened'
), every AS (
    SELECT unnest(generate_series(first_week, last_week, INTERVAL 7 DAY))::DATE AS week FROM span
), documents_read AS (
    SELECT week, sum(document_count)::BIGINT AS documents_read, count(*) AS sources_read FROM pub.source_weeks GROUP BY 1
), nights AS (
    SELECT date_trunc('week', (r.started_at AT TIME ZONE 'America/Lima'))::DATE AS week, n.source_id,
        count(*) AS nights, count(*) FILTER (n.health = 'healthy') AS healthy_nights
    FROM source_nights n JOIN runs r USING (run_id) GROUP BY ALL
), health AS (
    SELECT week, max(nights) AS nights, count(*) FILTER (2 * healthy_nights > nights) AS sources_healthy FROM nights GROUP BY 1
)
SELECT week, coalesce(documents_read, 0) AS documents_read, coalesce(sources_read, 0) AS sources_read, coalesce(nights, 0) AS nights, sources_healthy
FROM every LEFT JOIN documents_read USING (week) LEFT JOIN health USING (week)
ORDER BY week;

-- name: reviews
CREATE TABLE pub.reviews AS SELECT * EXCLUDE (reviewer, note) FROM reviews ORDER BY reviewed_at, review_id;

-- name: review_orphans
-- The newest judgement on a thing, when the page no longer has the text, or no page the mentions, that were judged.
CREATE TABLE pub.review_orphans AS
WITH newest AS (
    SELECT * FROM reviews QUALIFY row_number() OVER (
        PARTITION BY event_id, CASE WHEN label IS NULL THEN verdict END, document_id, axis, label, other_id, field ORDER BY reviewed_at DESC, review_id DESC) = 1
), sides AS (
    SELECT a.review_id, a.side, count(m.mention_id) AS mentions_left
    FROM review_anchors a LEFT JOIN mentions m ON m.document_id = a.document_id AND m.type = a.type
        AND md5(trim(regexp_replace(m.evidence, '\s+', ' ', 'g'))) = a.evidence_hash
    GROUP BY ALL
)
SELECT review_id, document_id, event_id, axis, label, verdict, field, value FROM newest
WHERE (label IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.document_id = newest.document_id AND d.text_hash = newest.text_hash))
   OR (verdict IN ('set', 'merge', 'split') AND review_id IN (SELECT review_id FROM sides WHERE mentions_left = 0)
       AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.event_id = newest.event_id AND r.verdict = 'retract' AND r.reviewed_at > newest.reviewed_at))
ORDER BY review_id;

-- name: about
CREATE TABLE pub.about AS
SELECT unnest(map_entries($about::MAP(VARCHAR, VARCHAR)), recursive := true);
