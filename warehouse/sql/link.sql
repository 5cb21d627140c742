-- Statements of warehouse/link.py.

-- name: new_units
SELECT m.document_id, m.happening, list(m.mention_id ORDER BY m.mention_id) AS mention_ids, list(DISTINCT m.type ORDER BY m.type) AS types,
    any_value(m.status) AS status, min(m.date) AS date, arg_min(m.date_precision, coalesce(m.date, DATE '9999-01-01')) AS date_precision,
    arg_max(m.ubigeo, CASE m.place_precision WHEN 'district' THEN 3 WHEN 'province' THEN 2 WHEN 'department' THEN 1 ELSE 0 END) AS ubigeo,
    max(m.killed) AS killed, max(m.wounded) AS wounded, max(m.norm) AS norm, string_agg(DISTINCT m.evidence, ' ' ORDER BY m.evidence) AS evidence,
    any_value(d.title) AS title, any_value(d.published_on) AS published_on, any_value(d.minhash) AS minhash
FROM mentions m JOIN documents d USING (document_id)
WHERE m.status <> 'recalled' AND m.mention_id NOT IN (SELECT mention_id FROM event_mentions)
GROUP BY m.document_id, m.happening
ORDER BY coalesce(any_value(d.published_at), TIMESTAMPTZ '9999-01-01'), m.document_id, m.happening;

-- name: event_units
SELECT e.event_id, v.date, v.date_precision, v.ubigeo, v.killed, v.norm, v.first_reported_on, v.last_reported_on, m.type, d.title, m.evidence,
    d.minhash, d.document_id, m.happening
FROM events v JOIN event_mentions e USING (event_id) JOIN mentions m USING (mention_id) JOIN documents d USING (document_id)
WHERE (coalesce(v.date, v.first_reported_on) BETWEEN $first AND $last) OR (v.last_reported_on BETWEEN $first AND $last)
   OR (v.date IS NULL AND v.first_reported_on IS NULL) OR list_contains($norms, v.norm)
ORDER BY e.event_id, m.mention_id;

-- name: link_mention
INSERT INTO event_mentions VALUES (?, ?);

-- name: consolidate
CREATE OR REPLACE TEMP TABLE c_events AS
WITH linked AS (
    SELECT e.event_id, m.*, d.source_id, d.published_at, d.published_on, d.title_masked, d.minhash, coalesce(s.owner_name, d.source_id) AS voice,
        CASE m.place_precision WHEN 'district' THEN 3 WHEN 'province' THEN 2 WHEN 'department' THEN 1 ELSE 0 END AS place_rank,
        row_number() OVER (PARTITION BY e.event_id ORDER BY d.published_at NULLS LAST, m.mention_id) AS position
    FROM event_mentions e JOIN mentions m USING (mention_id) JOIN documents d USING (document_id) LEFT JOIN sources s USING (source_id)
    WHERE e.event_id IN (SELECT unnest($events::VARCHAR[]))
), counted AS (
    SELECT event_id, mode(killed) AS killed_mode, max(killed) AS killed_max, min(killed) AS killed_min, max(wounded) AS wounded,
        mode(date) FILTER (date_precision = 'day') AS day, min(date) AS any_date,
        max(place_rank) AS place_rank, min(published_on) AS first_reported_on, max(published_on) AS last_reported_on,
        mode(amount_pen) AS amount_pen, mode(norm) AS norm, count(DISTINCT voice) AS voices, count(DISTINCT document_id) AS documents,
        count(DISTINCT minhash) AS texts
    FROM linked GROUP BY event_id
), placed AS (
    SELECT event_id, mode(ubigeo) AS ubigeo FROM linked JOIN counted USING (event_id, place_rank) WHERE ubigeo IS NOT NULL GROUP BY event_id
), typed AS (
    SELECT event_id, arg_min(type, rank) AS primary_type FROM linked JOIN (SELECT unnest($types::VARCHAR[]) AS type, generate_subscripts($types::VARCHAR[], 1) AS rank) USING (type) GROUP BY event_id
)
SELECT c.event_id, t.primary_type, f.status, coalesce(c.day, c.any_date) AS date,
    CASE WHEN c.day IS NOT NULL THEN 'day' WHEN c.any_date IS NOT NULL THEN coalesce(f.date_precision, 'unknown') ELSE 'unknown' END AS date_precision,
    c.first_reported_on, c.last_reported_on, date_trunc('week', coalesce(c.day, c.any_date, c.first_reported_on))::DATE AS week,
    CASE WHEN coalesce(c.day, c.any_date) IS NOT NULL THEN 'date' WHEN c.first_reported_on IS NOT NULL THEN 'report' ELSE 'none' END AS week_basis,
    p.ubigeo, q.department, q.province, q.district,
    CASE c.place_rank WHEN 3 THEN 'district' WHEN 2 THEN 'province' WHEN 1 THEN 'department' ELSE 'unknown' END AS place_precision,
    c.killed_mode AS killed, c.wounded, c.amount_pen, c.norm, least(c.voices, c.texts) AS source_count, c.documents AS document_count,
    f.title_masked AS title, f.evidence_masked AS evidence, coalesce(c.killed_max <> c.killed_min, false) AS is_disputed
FROM counted c JOIN typed t USING (event_id) JOIN linked f ON f.event_id = c.event_id AND f.position = 1 LEFT JOIN placed p ON p.event_id = c.event_id
    LEFT JOIN (SELECT DISTINCT ON (ubigeo) ubigeo, department, province, district FROM mentions WHERE ubigeo IS NOT NULL) q ON q.ubigeo = p.ubigeo;

-- name: ledger
INSERT INTO event_changes
SELECT md5(n.event_id || run.id || c.what), n.event_id, now(), c.what, run.reason, c.before, c.after
FROM c_events n JOIN events o USING (event_id), (SELECT $run AS id, $reason AS reason) run,
    LATERAL (SELECT unnest([
        {what: 'recount', before: o.killed::VARCHAR, after: n.killed::VARCHAR},
        {what: 'reclassified', before: o.primary_type, after: n.primary_type}
    ], recursive := true)) c
WHERE c.before IS DISTINCT FROM c.after;

-- name: replace_events
INSERT OR REPLACE INTO events SELECT * FROM c_events;

-- name: drop_event_types
DELETE FROM event_types WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_event_types
INSERT INTO event_types SELECT DISTINCT event_id, type FROM event_mentions JOIN mentions USING (mention_id) WHERE event_id IN (SELECT event_id FROM c_events);

-- name: drop_event_sectors
DELETE FROM event_sectors WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_event_sectors
INSERT INTO event_sectors SELECT DISTINCT event_id, sector FROM event_mentions JOIN mention_sectors USING (mention_id) WHERE event_id IN (SELECT event_id FROM c_events);

-- name: dirty
SELECT event_id FROM dirty_events;

-- name: retract
INSERT INTO event_redirects SELECT event_id, NULL, now() FROM dirty_events WHERE event_id NOT IN (SELECT event_id FROM event_mentions)
    AND event_id IN (SELECT event_id FROM events);

-- name: retract_ledger
INSERT OR IGNORE INTO event_changes SELECT md5(event_id || $run || 'retracted'), event_id, now(), 'retracted', $reason, NULL, NULL
FROM dirty_events WHERE event_id NOT IN (SELECT event_id FROM event_mentions) AND event_id IN (SELECT event_id FROM events);

-- name: drop_retracted_types
DELETE FROM event_types WHERE event_id IN (SELECT event_id FROM dirty_events) AND event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: drop_retracted_sectors
DELETE FROM event_sectors WHERE event_id IN (SELECT event_id FROM dirty_events) AND event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: drop_retracted
DELETE FROM events WHERE event_id IN (SELECT event_id FROM dirty_events) AND event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: clear_dirty
DELETE FROM dirty_events;
