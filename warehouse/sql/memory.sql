-- Statements of warehouse/memory.py. Rows go out as JSON, one a line, and come back by read_json; a torn line is passed over.

-- name: mark
SELECT max(marked_at) FROM journal_marks WHERE name = $name;

-- name: drop_mark
DELETE FROM journal_marks WHERE name = $name;

-- name: set_mark
INSERT INTO journal_marks VALUES ($name, $at);

-- name: ledger
SELECT to_json(t)::VARCHAR, t.changed_at FROM event_changes t WHERE $since::TIMESTAMPTZ IS NULL OR changed_at > $since::TIMESTAMPTZ ORDER BY changed_at, change_id;

-- name: versions
SELECT to_json(t)::VARCHAR, t.said_at FROM event_versions t WHERE $since::TIMESTAMPTZ IS NULL OR said_at > $since::TIMESTAMPTZ ORDER BY said_at, event_id;

-- name: redirects
SELECT to_json(t)::VARCHAR, t.redirected_at FROM event_redirects t WHERE $since::TIMESTAMPTZ IS NULL OR redirected_at > $since::TIMESTAMPTZ ORDER BY redirected_at, event_id;

-- name: stage_event_ids
CREATE OR REPLACE TEMP TABLE j_said AS SELECT document_id, happening, event_id, now() AS said_at FROM unjournalled_tellings;

-- name: event_ids
SELECT to_json(t)::VARCHAR FROM j_said t ORDER BY document_id, happening;

-- name: drop_noted
-- What another writer noted meanwhile stays for the next time.
DELETE FROM unjournalled_tellings u WHERE EXISTS (
    SELECT 1 FROM j_said s WHERE s.document_id = u.document_id AND s.happening = u.happening AND s.event_id IS NOT DISTINCT FROM u.event_id);

-- name: recall_forgotten
INSERT INTO forgotten
SELECT document_id, min("at") FROM read_json($path, format = 'newline_delimited', ignore_errors = true, columns = {'document_id': 'VARCHAR', 'at': 'TIMESTAMPTZ'})
WHERE document_id IS NOT NULL AND document_id NOT IN (SELECT document_id FROM forgotten) GROUP BY document_id;

-- name: forgotten
SELECT document_id FROM forgotten;

-- name: forgotten_pages
SELECT document_id, url, canonical_url FROM documents WHERE split_part(document_id, '-', 1) IN (SELECT document_id FROM forgotten);

-- name: recall_ledger
INSERT INTO event_changes
SELECT DISTINCT ON (change_id) change_id, event_id, changed_at, change, reason, before, after
FROM read_json($path, format = 'newline_delimited', ignore_errors = true, columns = {change_id: 'VARCHAR', event_id: 'VARCHAR', changed_at: 'TIMESTAMPTZ', change: 'VARCHAR', reason: 'VARCHAR', before: 'VARCHAR', after: 'VARCHAR'})
WHERE change_id IS NOT NULL AND change_id NOT IN (SELECT change_id FROM event_changes);

-- name: recall_versions
INSERT INTO event_versions BY NAME
SELECT DISTINCT ON (event_id, said_at) *
FROM read_json($path, format = 'newline_delimited', ignore_errors = true, columns = {event_id: 'VARCHAR', said_at: 'TIMESTAMPTZ', said_on: 'DATE', is_standing: 'BOOLEAN',
    primary_type: 'VARCHAR', types: 'VARCHAR[]', sectors: 'VARCHAR[]', status: 'VARCHAR', date: 'DATE', date_precision: 'VARCHAR', week: 'DATE', ubigeo: 'VARCHAR', department: 'VARCHAR',
    province: 'VARCHAR', district: 'VARCHAR', place_precision: 'VARCHAR', killed: 'INTEGER', wounded: 'INTEGER', amount_pen: 'DOUBLE', norm: 'VARCHAR', source_count: 'INTEGER',
    document_count: 'INTEGER', is_disputed: 'BOOLEAN'}) j
WHERE event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event_versions v WHERE v.event_id = j.event_id AND v.said_at = j.said_at);

-- name: recall_redirects
INSERT INTO event_redirects
SELECT event_id, now_id, redirected_at
FROM read_json($path, format = 'newline_delimited', ignore_errors = true, columns = {event_id: 'VARCHAR', now_id: 'VARCHAR', redirected_at: 'TIMESTAMPTZ'})
WHERE event_id IS NOT NULL AND event_id NOT IN (SELECT event_id FROM event_redirects) AND event_id NOT IN (SELECT event_id FROM events)
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY redirected_at DESC) = 1;

-- name: recall_event_ids
-- Without its signature a telling is looked at anew when its page is read; the newest line on it counts.
INSERT INTO tellings
SELECT document_id, happening, '', NULL, event_id FROM (
    SELECT * FROM read_json($path, format = 'newline_delimited', ignore_errors = true,
        columns = {document_id: 'VARCHAR', happening: 'INTEGER', event_id: 'VARCHAR', said_at: 'TIMESTAMPTZ'})
    WHERE document_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY document_id, happening ORDER BY said_at DESC) = 1
)
WHERE event_id IS NOT NULL AND document_id NOT IN (SELECT document_id FROM documents)
    AND split_part(document_id, '-', 1) NOT IN (SELECT document_id FROM forgotten) AND event_id NOT IN (SELECT event_id FROM event_redirects);

-- name: lost_ids
CREATE OR REPLACE TEMP TABLE j_lost AS
SELECT DISTINCT event_id FROM event_versions
WHERE event_id NOT IN (SELECT event_id FROM events) AND event_id NOT IN (SELECT event_id FROM event_redirects) AND event_id NOT IN (SELECT event_id FROM tellings);

-- name: count_lost
SELECT count(*) FROM j_lost;

-- name: end_redirects_to_lost
UPDATE event_redirects SET now_id = NULL, redirected_at = $at WHERE now_id IN (SELECT event_id FROM j_lost);

-- name: redirect_lost
INSERT INTO event_redirects SELECT event_id, NULL, $at FROM j_lost;

-- name: ledger_lost
INSERT INTO event_changes SELECT md5(event_id || 'lost' || $at::VARCHAR), event_id, $at, 'retracted', 'model', event_id, NULL FROM j_lost;

-- name: version_lost
INSERT INTO event_versions (event_id, said_at, said_on, is_standing) SELECT event_id, $at, $on, false FROM j_lost;

-- name: note_ghosts
INSERT INTO unjournalled_tellings SELECT document_id, happening, NULL FROM tellings WHERE document_id NOT IN (SELECT document_id FROM documents);

-- name: drop_ghosts
DELETE FROM tellings WHERE document_id NOT IN (SELECT document_id FROM documents);

-- name: sizes
SELECT (SELECT count(*) FROM event_changes), (SELECT count(*) FROM event_versions), (SELECT count(*) FROM event_redirects), (SELECT count(*) FROM tellings),
    (SELECT count(*) FROM reviews);

-- name: recall_marks
INSERT INTO journal_marks
SELECT name, marked_at FROM (
    SELECT 'ledger' AS name, max(changed_at) AS marked_at FROM event_changes
    UNION ALL SELECT 'versions', max(said_at) FROM event_versions
    UNION ALL SELECT 'redirects', max(redirected_at) FROM event_redirects
) WHERE marked_at IS NOT NULL AND name NOT IN (SELECT name FROM journal_marks);
