-- Statements of warehouse/link.py. f_* are tables it registers: what Python has worked out this night.

-- name: pending_mentions
SELECT m.*, coalesce(s.sectors, []) AS sectors, coalesce(t.territory, []) AS territory
FROM mentions m
    LEFT JOIN (SELECT mention_id, list(sector ORDER BY sector) AS sectors FROM mention_sectors SEMI JOIN f_mentions USING (mention_id) GROUP BY 1) s USING (mention_id)
    LEFT JOIN (SELECT mention_id, list(ubigeo ORDER BY ubigeo) AS territory FROM mention_territories SEMI JOIN f_mentions USING (mention_id) GROUP BY 1) t USING (mention_id)
WHERE m.document_id IN (SELECT document_id FROM f_documents)
ORDER BY m.document_id, m.happening, m.mention_id;

-- name: name_mentions
CREATE OR REPLACE TEMP TABLE f_mentions AS SELECT mention_id FROM mentions WHERE document_id IN (SELECT document_id FROM f_documents);

-- name: documents
SELECT document_id, title, text, published_on, minhash FROM documents WHERE document_id IN (SELECT document_id FROM f_documents) ORDER BY document_id;

-- name: pending
SELECT document_id FROM pending_documents ORDER BY document_id;

-- name: clear_pending
DELETE FROM pending_documents;

-- name: told_before
SELECT document_id, happening, signature, event_id FROM tellings WHERE document_id IN (SELECT document_id FROM f_documents);

-- name: events_of
SELECT t.document_id, t.happening, t.signature, t.event_id, e.first_reported_on
FROM tellings t SEMI JOIN f_part USING (document_id, happening) LEFT JOIN events e USING (event_id);

-- name: neighbours
SELECT l.document_b, l.happening_b FROM telling_links l JOIN f_changed f ON l.document_a = f.document_id AND l.happening_a = f.happening
UNION SELECT l.document_a, l.happening_a FROM telling_links l JOIN f_changed f ON l.document_b = f.document_id AND l.happening_b = f.happening;

-- name: drop_links
DELETE FROM telling_links WHERE EXISTS (SELECT 1 FROM f_changed f WHERE f.document_id = document_a AND f.happening = happening_a)
    OR EXISTS (SELECT 1 FROM f_changed f WHERE f.document_id = document_b AND f.happening = happening_b);

-- name: drop_keys
DELETE FROM telling_keys WHERE EXISTS (SELECT 1 FROM f_changed f WHERE f.document_id = telling_keys.document_id AND f.happening = telling_keys.happening);

-- name: drop_tellings
DELETE FROM tellings WHERE EXISTS (SELECT 1 FROM f_gone f WHERE f.document_id = tellings.document_id AND f.happening = tellings.happening);

-- name: found_by_keys
SELECT k.document_id, k.happening
FROM f_keys f JOIN telling_keys k ON k.key = f.key AND k.anchor BETWEEN f.anchor - $reach::INTEGER AND f.anchor + $reach::INTEGER
WHERE k.anchor BETWEEN $first::DATE AND $last::DATE
UNION SELECT k.document_id, k.happening FROM f_keys f JOIN telling_keys k ON k.key = f.key WHERE starts_with(f.key, 'norm ');

-- name: insert_keys
INSERT INTO telling_keys SELECT key, anchor, document_id, happening FROM f_keys ORDER BY anchor, key;

-- name: insert_links
INSERT INTO telling_links SELECT * FROM f_links;

-- name: hanging_together
WITH RECURSIVE ways AS (
    SELECT document_a AS d, happening_a AS h, document_b AS e, happening_b AS i FROM telling_links
    UNION ALL SELECT document_b, happening_b, document_a, happening_a FROM telling_links
), part AS (
    SELECT document_id AS d, happening AS h FROM f_start
    UNION SELECT ways.e, ways.i FROM ways JOIN part ON ways.d = part.d AND ways.h = part.h
)
SELECT d, h FROM part;

-- name: links_within
SELECT document_a, happening_a, document_b, happening_b
FROM telling_links l SEMI JOIN f_part f ON l.document_a = f.document_id AND l.happening_a = f.happening;

-- name: taken_ids
SELECT event_id FROM events WHERE event_id IN (SELECT event_id FROM f_ids) UNION SELECT event_id FROM event_redirects WHERE event_id IN (SELECT event_id FROM f_ids);

-- name: drop_moved
DELETE FROM tellings WHERE EXISTS (SELECT 1 FROM f_placed f WHERE f.document_id = tellings.document_id AND f.happening = tellings.happening);

-- name: insert_placed
INSERT INTO tellings SELECT document_id, happening, signature, anchor, event_id FROM f_placed ORDER BY anchor, document_id, happening;

-- name: drop_noted
DELETE FROM unjournalled_tellings WHERE EXISTS (SELECT 1 FROM f_moved f WHERE f.document_id = unjournalled_tellings.document_id AND f.happening = unjournalled_tellings.happening);

-- name: note_moved
INSERT INTO unjournalled_tellings SELECT document_id, happening, event_id FROM f_moved;

-- name: unlink_mentions
DELETE FROM event_mentions WHERE mention_id IN (SELECT unnest(mention_ids) FROM f_placed);

-- name: link_mentions
INSERT INTO event_mentions SELECT event_id, unnest(mention_ids) FROM f_placed;

-- name: redirect_older
UPDATE event_redirects SET now_id = m.now_id, redirected_at = $at FROM f_merged m WHERE event_redirects.now_id = m.event_id;

-- name: redirect
INSERT INTO event_redirects SELECT event_id, now_id, $at FROM f_merged;

-- name: ledger_merged
INSERT INTO event_changes SELECT md5(event_id || $run || 'merged' || $at::VARCHAR), event_id, $at, 'merged', $reason, event_id, now_id FROM f_merged;

-- name: ledger_split
INSERT INTO event_changes SELECT md5(event_id || $run || 'split' || other_id || $at::VARCHAR), event_id, $at, 'split', $reason, event_id, other_id FROM f_split;

-- An event of nothing but what is recalled is none; older loads left such.
-- name: dirty
SELECT event_id FROM dirty_events UNION SELECT event_id FROM events WHERE status = 'recalled' ORDER BY event_id;

-- name: clear_dirty
DELETE FROM dirty_events;

-- What is recalled belongs to no event, whatever was loaded before.
-- name: unlink_recalled
DELETE FROM event_mentions WHERE mention_id IN (
    SELECT mention_id FROM mentions SEMI JOIN (SELECT mention_id FROM event_mentions SEMI JOIN f_touched USING (event_id)) USING (mention_id) WHERE status = 'recalled');

-- name: empty
CREATE OR REPLACE TEMP TABLE f_empty AS SELECT event_id FROM events WHERE event_id IN (SELECT event_id FROM f_touched) AND event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: retracted
SELECT event_id FROM f_empty WHERE event_id NOT IN (SELECT event_id FROM f_merged) ORDER BY event_id;

-- name: retract
INSERT INTO event_redirects SELECT event_id, NULL, $at FROM f_empty WHERE event_id NOT IN (SELECT event_id FROM f_merged);

-- name: redirect_to_retracted
UPDATE event_redirects SET now_id = NULL, redirected_at = $at WHERE now_id IN (SELECT event_id FROM f_empty WHERE event_id NOT IN (SELECT event_id FROM f_merged));

-- name: ledger_retracted
INSERT INTO event_changes SELECT md5(event_id || $run || 'retracted' || $at::VARCHAR), event_id, $at, 'retracted', $reason, event_id, NULL
FROM f_empty WHERE event_id NOT IN (SELECT event_id FROM f_merged);

-- name: version_ended
INSERT INTO event_versions (event_id, said_at, said_on, is_standing) SELECT event_id, $at, $on, false FROM f_empty;

-- name: drop_empty_types
DELETE FROM event_types WHERE event_id IN (SELECT event_id FROM f_empty);

-- name: drop_empty_sectors
DELETE FROM event_sectors WHERE event_id IN (SELECT event_id FROM f_empty);

-- name: drop_empty
DELETE FROM events WHERE event_id IN (SELECT event_id FROM f_empty);

-- name: restored
-- Events that were retracted, with the event that most of what told them tells now.
CREATE OR REPLACE TEMP TABLE f_restored AS
SELECT r.event_id, e.event_id AS now_id
FROM unlinked_mentions u JOIN event_redirects r ON r.event_id = u.event_id AND r.now_id IS NULL JOIN event_mentions e ON e.mention_id = u.mention_id
WHERE e.event_id IN (SELECT event_id FROM f_touched)
GROUP BY r.event_id, e.event_id QUALIFY row_number() OVER (PARTITION BY r.event_id ORDER BY count(*) DESC, e.event_id) = 1;

-- name: redirect_restored
UPDATE event_redirects SET now_id = s.now_id, redirected_at = $at FROM f_restored s WHERE event_redirects.event_id = s.event_id;

-- name: ledger_restored
INSERT INTO event_changes SELECT md5(event_id || $run || 'restored' || $at::VARCHAR), event_id, $at, 'restored', $reason, event_id, now_id FROM f_restored;

-- name: announced
-- What is announced says nothing of what happened: of an event that happened, the mentions that only announce it are left aside where
-- none says that a thing of their type happened, or where their day is later than any report that says so.
CREATE OR REPLACE TEMP TABLE c_announced AS
WITH said AS (
    SELECT e.event_id, m.mention_id, m.type, m.status = 'happened' AS has_happened, m.date, d.published_on
    FROM event_mentions e JOIN mentions m USING (mention_id) JOIN documents d USING (document_id)
    WHERE e.event_id IN (SELECT event_id FROM f_touched)
)
SELECT mention_id FROM said
    JOIN (SELECT event_id FROM said WHERE has_happened GROUP BY event_id) USING (event_id)
    LEFT JOIN (SELECT event_id, type, max(published_on) AS last_on FROM said WHERE has_happened GROUP BY event_id, type) h USING (event_id, type)
WHERE NOT has_happened AND (h.type IS NULL OR date > h.last_on);

-- name: consolidate
CREATE OR REPLACE TEMP TABLE c_events AS
WITH ranks AS (
    SELECT unnest($types::VARCHAR[]) AS type, generate_subscripts($types::VARCHAR[], 1) AS rank
), told AS (
    SELECT e.event_id, m.*, d.published_at, d.published_on, d.title_masked, hex(d.minhash) AS sketch, coalesce(s.owner_name, d.source_id) AS voice,
        coalesce(r.rank, 99) AS rank,
        CASE m.place_precision WHEN 'district' THEN 3 WHEN 'province' THEN 2 WHEN 'department' THEN 1 ELSE 0 END AS place_rank
    FROM event_mentions e JOIN mentions m USING (mention_id) JOIN documents d USING (document_id) LEFT JOIN sources s USING (source_id) LEFT JOIN ranks r USING (type)
    WHERE e.event_id IN (SELECT event_id FROM f_touched)
), linked AS (
    SELECT *, type = 'arrest' AND bool_or(type <> 'arrest') OVER (PARTITION BY event_id) AS is_aside,
        row_number() OVER (PARTITION BY event_id ORDER BY published_at NULLS LAST, document_id, rank, mention_id) AS position
    FROM told ANTI JOIN c_announced USING (mention_id)
), pages AS (
    SELECT DISTINCT event_id, document_id, voice, published_at, sketch FROM told
), copies AS (
    -- A page of which most was said before by another voice is that voice's: wire copies are one.
    SELECT DISTINCT p.event_id, p.document_id FROM pages p JOIN pages q ON q.event_id = p.event_id AND q.voice <> p.voice
        AND (q.published_at, q.document_id) < (p.published_at, p.document_id) AND length(p.sketch) = 512 AND length(q.sketch) = 512
    WHERE (SELECT count(*) FROM range(64) i(n) WHERE substr(p.sketch, i.n::INTEGER * 8 + 1, 8) = substr(q.sketch, i.n::INTEGER * 8 + 1, 8)) >= 38
), voices AS (
    SELECT event_id, count(DISTINCT voice) FILTER (c.document_id IS NULL) AS voices, count(DISTINCT document_id) AS documents
    FROM pages LEFT JOIN copies c USING (event_id, document_id) GROUP BY event_id
), said AS (
    -- What each page says of each field; where and when an arrest was made is not where and when the deed was done, and a month is no day of an event.
    SELECT event_id, voice, published_at, published_on, document_id, rank, 'killed' AS field, killed::VARCHAR AS value, 0 AS weight FROM linked WHERE killed IS NOT NULL
    UNION ALL SELECT event_id, voice, published_at, published_on, document_id, rank, 'wounded', wounded::VARCHAR, 0 FROM linked WHERE wounded IS NOT NULL
    UNION ALL SELECT event_id, voice, published_at, published_on, document_id, rank, 'amount_pen', amount_pen::VARCHAR, 0 FROM linked WHERE amount_pen IS NOT NULL
    UNION ALL SELECT event_id, voice, published_at, published_on, document_id, rank, 'norm', norm, 0 FROM linked WHERE norm IS NOT NULL
    UNION ALL SELECT event_id, voice, published_at, published_on, document_id, rank, 'date', date::VARCHAR, CASE date_precision WHEN 'day' THEN 1 ELSE 0 END FROM linked WHERE date IS NOT NULL AND date_precision <> 'month' AND NOT is_aside
    UNION ALL SELECT event_id, voice, published_at, published_on, document_id, rank, 'ubigeo', ubigeo, place_rank FROM linked WHERE ubigeo IS NOT NULL AND NOT is_aside
), last_words AS (
    SELECT * FROM said QUALIFY row_number() OVER (PARTITION BY event_id, field, voice ORDER BY weight DESC, published_at DESC NULLS LAST, rank, document_id, value) = 1
), votes AS (
    SELECT event_id, field, value, weight, count(*) AS votes, min(published_on) AS first_on, max(published_at) AS last_at FROM last_words GROUP BY event_id, field, value, weight
), chosen AS (
    -- Of equal votes the first report's day and place stand, a later look-back knows them less well; counts are the latest's.
    SELECT * FROM votes QUALIFY row_number() OVER (PARTITION BY event_id, field
        ORDER BY weight DESC, votes DESC, CASE WHEN field IN ('date', 'ubigeo') THEN first_on END NULLS LAST, last_at DESC NULLS LAST, value DESC) = 1
), most AS (
    SELECT event_id, value::INTEGER AS killed, votes, first_on FROM votes WHERE field = 'killed'
    QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY value::INTEGER DESC) = 1
), risen AS (
    -- The wounded die: the highest count stands unless most of those who spoke since it was first said say less.
    SELECT m.event_id, any_value(m.killed) AS killed FROM most m JOIN last_words w ON w.event_id = m.event_id AND w.field = 'killed'
        AND (m.first_on IS NULL OR w.published_on >= m.first_on)
    GROUP BY m.event_id HAVING 2 * any_value(m.votes) >= count(*)
), counted AS (
    SELECT event_id, max(killed) AS killed_max, min(killed) AS killed_min, min(published_on) AS first_reported_on, max(published_on) AS last_reported_on,
        arg_min(type, (rank, type)) AS primary_type, bool_or(status = 'happened') AS has_happened
    FROM linked GROUP BY event_id
), fields AS (
    SELECT event_id, max(value) FILTER (field = 'date')::DATE AS date, max(weight) FILTER (field = 'date') AS date_weight, max(value) FILTER (field = 'ubigeo') AS ubigeo,
        max(weight) FILTER (field = 'ubigeo') AS place_rank, max(value) FILTER (field = 'killed')::INTEGER AS killed, max(value) FILTER (field = 'wounded')::INTEGER AS wounded,
        max(value) FILTER (field = 'amount_pen')::DOUBLE AS amount_pen, max(value) FILTER (field = 'norm') AS norm
    FROM chosen GROUP BY event_id
)
SELECT c.event_id, c.primary_type, CASE WHEN c.has_happened THEN 'happened' ELSE f.status END AS status, v.date,
    CASE WHEN v.date IS NULL THEN 'unknown' WHEN v.date_weight = 1 THEN 'day'
        ELSE coalesce((SELECT min(l.date_precision) FROM linked l WHERE l.event_id = c.event_id AND l.date = v.date), 'unknown') END AS date_precision,
    c.first_reported_on, c.last_reported_on, date_trunc('week', coalesce(v.date, c.first_reported_on))::DATE AS week,
    CASE WHEN v.date IS NOT NULL THEN 'date' WHEN c.first_reported_on IS NOT NULL THEN 'report' ELSE 'none' END AS week_basis,
    v.ubigeo, q.department, q.province, q.district,
    CASE v.place_rank WHEN 3 THEN 'district' WHEN 2 THEN 'province' WHEN 1 THEN 'department' ELSE 'unknown' END AS place_precision,
    coalesce(r.killed, v.killed) AS killed, v.wounded, v.amount_pen, v.norm, greatest(o.voices, 1) AS source_count, o.documents AS document_count,
    f.title_masked AS title, f.evidence_masked AS evidence, coalesce(c.killed_max <> c.killed_min, false) AS is_disputed
FROM counted c JOIN voices o USING (event_id) JOIN linked f ON f.event_id = c.event_id AND f.position = 1
    LEFT JOIN fields v ON v.event_id = c.event_id LEFT JOIN risen r ON r.event_id = c.event_id
    LEFT JOIN (SELECT ubigeo, min(department) AS department, min(province) AS province, min(district) AS district FROM linked WHERE ubigeo IS NOT NULL GROUP BY 1) q ON q.ubigeo = v.ubigeo;

-- name: ledger
INSERT INTO event_changes
SELECT md5(n.event_id || run.id || c.what || $at::VARCHAR), n.event_id, $at, c.what, run.reason, c.before, c.after
FROM c_events n JOIN events o USING (event_id), (SELECT $run AS id, $reason AS reason) run,
    LATERAL (SELECT unnest([
        {what: 'recount', before: o.killed::VARCHAR, after: n.killed::VARCHAR},
        {what: 'reclassified', before: o.primary_type, after: n.primary_type}
    ], recursive := true)) c
WHERE c.before IS DISTINCT FROM c.after;

-- name: drop_former_events
DELETE FROM events WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_events
INSERT INTO events BY NAME SELECT * FROM c_events;

-- name: drop_event_types
DELETE FROM event_types WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_event_types
INSERT INTO event_types SELECT DISTINCT event_id, type FROM event_mentions JOIN mentions USING (mention_id) ANTI JOIN c_announced USING (mention_id)
WHERE event_id IN (SELECT event_id FROM c_events);

-- name: drop_event_sectors
DELETE FROM event_sectors WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_event_sectors
INSERT INTO event_sectors SELECT DISTINCT event_id, sector FROM event_mentions JOIN mention_sectors USING (mention_id) ANTI JOIN c_announced USING (mention_id)
WHERE event_id IN (SELECT event_id FROM c_events);

-- name: insert_versions
INSERT INTO event_versions
WITH now_said AS (
    SELECT event_id, primary_type, t.types, s.sectors, status, date, date_precision, week, ubigeo, department, province, district, place_precision,
        killed, wounded, amount_pen, norm, source_count, document_count, is_disputed
    FROM c_events LEFT JOIN (SELECT event_id, list(type ORDER BY type) AS types FROM event_types SEMI JOIN c_events USING (event_id) GROUP BY 1) t USING (event_id)
        LEFT JOIN (SELECT event_id, list(sector ORDER BY sector) AS sectors FROM event_sectors SEMI JOIN c_events USING (event_id) GROUP BY 1) s USING (event_id)
), last_said AS (
    SELECT * FROM event_versions SEMI JOIN c_events USING (event_id) QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY said_at DESC) = 1
), changed AS (
    SELECT * FROM now_said EXCEPT SELECT * EXCLUDE (said_at, said_on, is_standing) FROM last_said WHERE is_standing
)
SELECT event_id, $at, $on, true, * EXCLUDE (event_id) FROM changed;
