-- Statements of warehouse/reviews on the writer's file. r_pending names documents to hold to what persons said; r_given has mentions that waited
-- for their label, r_gone those that persons ruled out.

-- name: evidence_hash
CREATE OR REPLACE TEMP MACRO evidence_hash(evidence) AS md5(trim(regexp_replace(evidence, '\s+', ' ', 'g')));

-- name: is_known
SELECT count(*) FROM reviews WHERE review_id = $review_id;

-- name: text_hash
SELECT text_hash FROM documents WHERE document_id = $document_id;

-- name: event_now
SELECT event_id FROM events WHERE event_id = $event_id UNION ALL SELECT now_id FROM event_redirects WHERE event_id = $event_id;

-- name: anchors
SELECT m.document_id, m.type, evidence_hash(m.evidence) AS evidence_hash, m.document_id = $document_id::VARCHAR AS is_split_off
FROM event_mentions l JOIN mentions m USING (mention_id) WHERE l.event_id = $event_id ORDER BY ALL;

-- name: insert_review
INSERT INTO reviews BY NAME SELECT unnest($review::STRUCT(review_id VARCHAR, reviewed_at TIMESTAMPTZ, reviewer VARCHAR, verdict VARCHAR, document_id VARCHAR, axis VARCHAR,
    label VARCHAR, text_hash VARCHAR, event_id VARCHAR, other_id VARCHAR, field VARCHAR, value VARCHAR, note VARCHAR))
WHERE ($review).review_id NOT IN (SELECT review_id FROM reviews);

-- name: insert_anchors
INSERT INTO review_anchors SELECT $review_id, a.side, a.document_id, a.type, a.evidence_hash
FROM (SELECT unnest($anchors::STRUCT(side VARCHAR, document_id VARCHAR, type VARCHAR, evidence_hash VARCHAR)[]) AS a)
WHERE $review_id NOT IN (SELECT review_id FROM review_anchors);

-- name: reviewed_documents
-- What may differ from what persons said: documents just loaded, and those of judgements just taken in.
CREATE OR REPLACE TEMP TABLE r_pending AS
SELECT document_id FROM (
    SELECT document_id FROM reviews WHERE document_id IS NOT NULL UNION SELECT document_id FROM review_anchors
) SEMI JOIN documents USING (document_id)
WHERE document_id IN (SELECT document_id FROM pending_documents) OR document_id IN (SELECT unnest($fresh::VARCHAR[]));

-- name: label_verdicts
CREATE OR REPLACE TEMP TABLE r_labels AS
SELECT r.document_id, r.axis, r.label, r.verdict <> 'remove' AS is_so
FROM reviews r JOIN documents d USING (document_id, text_hash) SEMI JOIN r_pending USING (document_id)
WHERE r.label IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY r.document_id, r.axis, r.label ORDER BY r.reviewed_at DESC, r.review_id DESC) = 1;

-- name: drop_labels
DELETE FROM document_labels WHERE EXISTS (SELECT 1 FROM r_labels r WHERE r.document_id = document_labels.document_id AND r.axis = document_labels.axis AND r.label = document_labels.label);

-- name: insert_labels
INSERT INTO document_labels SELECT document_id, axis, label, 1.0, 'yes' FROM r_labels WHERE is_so;

-- name: given_mentions
CREATE OR REPLACE TEMP TABLE r_given AS
SELECT h.* FROM held_mentions h JOIN r_labels r ON r.document_id = h.document_id AND r.label = h.type WHERE r.axis = 'event' AND r.is_so;

-- name: insert_given
INSERT INTO mentions BY NAME SELECT * EXCLUDE (sectors, territory) FROM r_given;

-- name: insert_given_sectors
INSERT INTO mention_sectors SELECT DISTINCT mention_id, unnest(sectors) FROM r_given;

-- name: insert_given_territories
INSERT INTO mention_territories SELECT mention_id, t.ubigeo, min(t.coverage) FROM (SELECT mention_id, unnest(territory) AS t FROM r_given) GROUP BY ALL;

-- name: drop_given
DELETE FROM held_mentions WHERE mention_id IN (SELECT mention_id FROM r_given);

-- name: held_sentences
SELECT document_id, type, list(DISTINCT evidence_masked ORDER BY evidence_masked) FROM held_mentions
WHERE document_id IN (SELECT unnest($documents::VARCHAR[])) GROUP BY ALL;

-- name: unsettle_given
-- A page read again has lost its given mentions' events with their rows; what it tells is the same, so it must be looked at anew.
UPDATE tellings SET signature = '' WHERE document_id IN (SELECT document_id FROM r_given);

-- name: gone_mentions
CREATE OR REPLACE TEMP TABLE r_gone AS
WITH judged AS (
    SELECT m.mention_id, m.document_id,
        EXISTS (SELECT 1 FROM r_labels r WHERE NOT r.is_so AND r.axis = 'event' AND r.document_id = m.document_id AND r.label = m.type) AS has_no_label,
        EXISTS (SELECT 1 FROM review_anchors a JOIN reviews r USING (review_id) WHERE r.verdict = 'retract' AND a.document_id = m.document_id AND a.type = m.type
            AND a.evidence_hash = evidence_hash(m.evidence)) AS is_retracted
    FROM mentions m WHERE m.document_id IN (SELECT document_id FROM r_pending)
)
SELECT j.*, l.event_id FROM judged j LEFT JOIN event_mentions l USING (mention_id) WHERE has_no_label OR is_retracted;

-- name: hold_gone
-- What a person retracted is gone for good; what lost its label may be given it back.
INSERT INTO held_mentions BY NAME
SELECT m.*, coalesce(s.sectors, []) AS sectors, coalesce(t.territory, []) AS territory
FROM mentions m SEMI JOIN (SELECT mention_id FROM r_gone WHERE NOT is_retracted) USING (mention_id)
    LEFT JOIN (SELECT mention_id, list(sector ORDER BY sector) AS sectors FROM mention_sectors SEMI JOIN r_gone USING (mention_id) GROUP BY 1) s USING (mention_id)
    LEFT JOIN (SELECT mention_id, list({ubigeo: ubigeo, coverage: coverage} ORDER BY ubigeo) AS territory FROM mention_territories SEMI JOIN r_gone USING (mention_id)
        GROUP BY 1) t USING (mention_id);

-- name: note_gone
INSERT INTO unlinked_mentions SELECT mention_id, document_id, event_id FROM r_gone WHERE event_id IS NOT NULL EXCEPT FROM unlinked_mentions;

-- name: unlink_gone
DELETE FROM event_mentions WHERE mention_id IN (SELECT mention_id FROM r_gone);

-- name: drop_gone_sectors
DELETE FROM mention_sectors WHERE mention_id IN (SELECT mention_id FROM r_gone)
    OR EXISTS (SELECT 1 FROM mentions m JOIN r_labels r USING (document_id) WHERE m.mention_id = mention_sectors.mention_id AND NOT r.is_so AND r.axis = 'sector' AND r.label = mention_sectors.sector);

-- name: drop_gone_territories
DELETE FROM mention_territories WHERE mention_id IN (SELECT mention_id FROM r_gone);

-- name: drop_gone
DELETE FROM mentions WHERE mention_id IN (SELECT mention_id FROM r_gone);

-- name: mark_dirty
INSERT INTO dirty_events
SELECT event_id FROM (
    SELECT event_id FROM r_gone WHERE event_id IS NOT NULL
    UNION SELECT l.event_id FROM event_mentions l JOIN mentions m USING (mention_id) WHERE m.document_id IN (SELECT unnest($fresh::VARCHAR[]))
) WHERE event_id NOT IN (SELECT event_id FROM dirty_events);

-- name: mark_pending
INSERT INTO pending_documents SELECT document_id FROM r_pending WHERE document_id NOT IN (SELECT document_id FROM pending_documents);

-- name: unsettle
-- A judgement that ties or parts tellings changes nothing that a telling says of itself; without its signature it is looked at anew.
UPDATE tellings SET signature = '' WHERE document_id IN (SELECT unnest($fresh::VARCHAR[]));

-- name: rulings
-- Pairs of mentions that a person has tied together or told apart, as far as both are still said, the newest judgement last.
SELECT m.document_id, m.mention_id, n.document_id, n.mention_id, r.verdict = 'merge' AS is_one
FROM reviews r JOIN review_anchors a ON a.review_id = r.review_id AND a.side = 'this' JOIN review_anchors b ON b.review_id = r.review_id AND b.side = 'other'
    JOIN mentions m ON m.document_id = a.document_id AND m.type = a.type AND evidence_hash(m.evidence) = a.evidence_hash
    JOIN mentions n ON n.document_id = b.document_id AND n.type = b.type AND evidence_hash(n.evidence) = b.evidence_hash
WHERE r.verdict IN ('merge', 'split') ORDER BY r.reviewed_at, r.review_id;

-- name: fields
-- A value that its column cannot hold, such as an older inbox let through, is no judgement: it must not stop the night, and what was said before it stands.
CREATE OR REPLACE TEMP TABLE r_fields AS
WITH meant AS (
    SELECT r.review_id, r.field, r.value, r.reviewed_at, l.event_id
    FROM reviews r JOIN review_anchors a USING (review_id) JOIN mentions m ON m.document_id = a.document_id AND m.type = a.type AND evidence_hash(m.evidence) = a.evidence_hash
        JOIN event_mentions l USING (mention_id)
    WHERE r.verdict = 'set' AND (r.value IS NULL OR CASE
        WHEN r.field IN ('killed', 'wounded') THEN try_cast(r.value AS INTEGER) IS NOT NULL WHEN r.field = 'amount_pen' THEN try_cast(r.value AS DOUBLE) IS NOT NULL
        WHEN r.field = 'date' THEN try_cast(r.value AS DATE) IS NOT NULL ELSE true END)
    GROUP BY r.review_id, r.field, r.value, r.reviewed_at, l.event_id
    QUALIFY row_number() OVER (PARTITION BY r.review_id ORDER BY count(*) DESC, l.event_id) = 1
)
SELECT event_id, field, value, review_id FROM meant WHERE event_id IN (SELECT event_id FROM c_events)
QUALIFY row_number() OVER (PARTITION BY event_id, field ORDER BY reviewed_at DESC, review_id DESC) = 1;

-- name: set_counts
UPDATE c_events SET killed = CASE WHEN k.has THEN k.killed ELSE c_events.killed END, wounded = CASE WHEN k.has_wounded THEN k.wounded ELSE c_events.wounded END,
    amount_pen = CASE WHEN k.has_amount THEN k.amount_pen ELSE c_events.amount_pen END, norm = CASE WHEN k.has_norm THEN k.norm ELSE c_events.norm END,
    status = coalesce(k.status, c_events.status)
FROM (
    SELECT event_id, bool_or(field = 'killed') AS has, max(value) FILTER (field = 'killed')::INTEGER AS killed, bool_or(field = 'wounded') AS has_wounded,
        max(value) FILTER (field = 'wounded')::INTEGER AS wounded, bool_or(field = 'amount_pen') AS has_amount, max(value) FILTER (field = 'amount_pen')::DOUBLE AS amount_pen,
        bool_or(field = 'norm') AS has_norm, max(value) FILTER (field = 'norm') AS norm, max(value) FILTER (field = 'status') AS status
    FROM r_fields GROUP BY event_id
) k WHERE k.event_id = c_events.event_id;

-- name: set_date
UPDATE c_events SET date = f.value::DATE, date_precision = CASE WHEN f.value IS NULL THEN 'unknown' ELSE 'day' END,
    week = date_trunc('week', coalesce(f.value::DATE, first_reported_on))::DATE,
    week_basis = CASE WHEN f.value IS NOT NULL THEN 'date' WHEN first_reported_on IS NOT NULL THEN 'report' ELSE 'none' END
FROM r_fields f WHERE f.field = 'date' AND f.event_id = c_events.event_id;

-- name: set_place
UPDATE c_events SET ubigeo = f.value, department = p.department, province = p.province, district = p.district,
    place_precision = CASE WHEN f.value IS NULL THEN 'unknown' WHEN f.value LIKE '__0000' THEN 'department' WHEN f.value LIKE '____00' THEN 'province' ELSE 'district' END
FROM r_fields f LEFT JOIN (
    SELECT ubigeo, department, province, district FROM districts
    UNION SELECT left(ubigeo, 4) || '00', department, province, NULL FROM districts
    UNION SELECT left(ubigeo, 2) || '0000', department, NULL, NULL FROM districts
) p ON p.ubigeo = f.value
WHERE f.field = 'ubigeo' AND f.event_id = c_events.event_id;

-- name: set_primary_type
UPDATE c_events SET primary_type = f.first_type FROM (
    SELECT event_id, list_filter($types::VARCHAR[], t -> list_contains(string_split(value, ','), t))[1] AS first_type FROM r_fields WHERE field = 'types'
) f WHERE f.event_id = c_events.event_id AND f.first_type IS NOT NULL;

-- name: ledger_corrected
-- killed and the primary type have rows of their own in the ledger.
INSERT INTO event_changes
SELECT md5(f.event_id || run.id || f.field || f.review_id), f.event_id, $at, 'corrected', 'review',
    f.field || '=' || coalesce(CASE f.field WHEN 'wounded' THEN e.wounded::VARCHAR WHEN 'amount_pen' THEN e.amount_pen::VARCHAR WHEN 'date' THEN e.date::VARCHAR
        WHEN 'ubigeo' THEN e.ubigeo WHEN 'status' THEN e.status WHEN 'norm' THEN e.norm
        WHEN 'sectors' THEN (SELECT string_agg(sector, ',' ORDER BY sector) FROM event_sectors s WHERE s.event_id = f.event_id)
        WHEN 'types' THEN (SELECT string_agg(type, ',' ORDER BY type) FROM event_types t WHERE t.event_id = f.event_id) END, 'unknown'),
    f.field || '=' || coalesce(f.value, 'unknown')
FROM r_fields f JOIN events e USING (event_id), (SELECT $run AS id) run
WHERE f.field <> 'killed' AND f.review_id NOT IN (SELECT review_id FROM reviewed_fields);

-- name: drop_fields
DELETE FROM reviewed_fields WHERE event_id IN (SELECT event_id FROM c_events) OR event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: insert_fields
INSERT INTO reviewed_fields SELECT event_id, field, value, review_id FROM r_fields;

-- name: drop_set_types
DELETE FROM event_types WHERE event_id IN (SELECT event_id FROM r_fields WHERE field = 'types');

-- name: insert_set_types
INSERT INTO event_types SELECT event_id, unnest(list_distinct(list_filter(string_split(value, ','), t -> t <> ''))) FROM r_fields WHERE field = 'types';

-- name: drop_set_sectors
DELETE FROM event_sectors WHERE event_id IN (SELECT event_id FROM r_fields WHERE field = 'sectors');

-- name: insert_set_sectors
INSERT INTO event_sectors SELECT event_id, unnest(list_distinct(list_filter(string_split(value, ','), s -> s <> ''))) AS sector FROM r_fields WHERE field = 'sectors';

-- name: judged_documents
SELECT d.document_id, d.source_id, d.language, d.published_on, d.title, d.text,
    (SELECT list(label ORDER BY label) FROM document_labels l WHERE l.document_id = d.document_id AND l.axis = 'sector' AND l.band = 'yes') AS sectors,
    (SELECT list(label ORDER BY label) FROM document_labels l WHERE l.document_id = d.document_id AND l.axis = 'event' AND l.band = 'yes') AS events,
    j.judged
FROM documents d JOIN (
    SELECT document_id, list({axis: axis, label: label, verdict: verdict, reviewed_at: reviewed_at} ORDER BY axis, label) AS judged
    FROM (
        SELECT * FROM reviews SEMI JOIN documents USING (document_id, text_hash) WHERE label IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY document_id, axis, label ORDER BY reviewed_at DESC, review_id DESC) = 1
    ) GROUP BY document_id
) j USING (document_id)
ORDER BY d.document_id;
