-- Rules of warehouse/checks.toml: each statement gives the rows that break one, named by `example`.
-- First the templates, whose {names} come from the rule; then the rules that have a statement of their own.

-- name: unique
SELECT concat_ws(' ', {columns}) AS example FROM {table} GROUP BY {columns} HAVING count(*) > 1;

-- name: not_null
SELECT {key} AS example FROM {table} WHERE {column} IS NULL;

-- name: allowed
SELECT concat_ws(' ', {key}, {column}) AS example FROM {table} WHERE {column} NOT IN (SELECT unnest($values::VARCHAR[]));

-- name: refers
SELECT {column} AS example FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {column} FROM {target});

-- name: result
SELECT count(*) AS failures, coalesce(min(example, 5), []) AS examples FROM ({rows});

-- name: same_canonical_url_twice
SELECT canonical_url AS example FROM documents WHERE page_first IS NULL AND kind <> 'bill' GROUP BY canonical_url, kind HAVING count(*) > 1;

-- name: norms_with_action_without_subject
SELECT norm_id AS example FROM norms WHERE action IS NOT NULL AND subject IS NULL;

-- name: bills_in_unknown_states
SELECT DISTINCT state AS example FROM bill_steps WHERE stage IS NULL;

-- name: unknown_labels
SELECT DISTINCT concat_ws(' ', axis, label) AS example FROM (
    SELECT DISTINCT axis, label FROM document_labels
    UNION SELECT DISTINCT 'event', type FROM mentions
    UNION SELECT DISTINCT 'sector', sector FROM mention_sectors
) ANTI JOIN labels USING (axis, label);

-- name: impossible_counts
SELECT mention_id AS example FROM mentions WHERE least(killed, killed_low, killed_high, wounded, amount_pen) < 0;

-- name: places_that_do_not_exist
SELECT concat_ws(' ', event_id, ubigeo) AS example FROM events
WHERE ubigeo IS NOT NULL AND (SELECT count(*) FROM districts) > 0 AND ubigeo NOT IN (
    SELECT ubigeo FROM districts UNION SELECT left(ubigeo, 4) || '00' FROM districts UNION SELECT left(ubigeo, 2) || '0000' FROM districts
);

-- name: counted_mentions_unlinked
SELECT mention_id AS example FROM mentions WHERE status <> 'recalled' AND mention_id NOT IN (SELECT mention_id FROM event_mentions);

-- name: held_mentions_that_count
SELECT mention_id AS example FROM held_mentions SEMI JOIN mentions USING (mention_id);

-- name: reused_event_ids
SELECT event_id AS example FROM events SEMI JOIN event_redirects USING (event_id);

-- name: redirects_to_nowhere
SELECT event_id AS example FROM event_redirects WHERE now_id IS NOT NULL AND now_id NOT IN (SELECT event_id FROM events);

-- name: more_dead_than_told
-- A count that a person set is theirs.
SELECT e.event_id AS example FROM events e
WHERE e.event_id NOT IN (SELECT event_id FROM reviewed_fields WHERE field = 'killed') AND e.killed > 0 AND e.killed > (SELECT coalesce(max(m.killed), 0) FROM event_mentions l JOIN mentions m USING (mention_id) WHERE l.event_id = e.event_id);

-- name: documents_from_the_future
SELECT document_id AS example FROM documents WHERE published_at > fetched_at + INTERVAL 2 DAY;

-- name: evidence_over_300_characters
SELECT mention_id AS example FROM mentions WHERE length(evidence_masked) > 300;

-- name: events_far_before_their_reports
SELECT event_id AS example FROM events WHERE status = 'happened' AND date < first_reported_on - INTERVAL 60 DAY;

-- name: murders_without_dead
SELECT event_id AS example FROM events WHERE primary_type = 'murder' AND killed = 0;

-- name: rows_lost
WITH counted AS (
    SELECT 'documents' AS table_name, count(*) AS row_count FROM documents
    UNION ALL SELECT 'mentions', count(*) FROM mentions
    UNION ALL SELECT 'events', count(*) FROM events
), last_time AS (
    SELECT table_name, row_count FROM row_counts QUALIFY row_number() OVER (PARTITION BY table_name ORDER BY run_id DESC) = 1
)
SELECT concat(table_name, ' ', l.row_count, ' -> ', c.row_count) AS example
FROM counted c JOIN last_time l USING (table_name) WHERE c.row_count < l.row_count * 0.9;

-- name: source_days_low
WITH {source_days}
SELECT concat(source_id, ' ', day, ': ', document_count, ' of ', usual) AS example FROM judged WHERE usual >= 4 AND document_count < usual / 4;

-- name: source_days_high
WITH {source_days}
SELECT concat(source_id, ' ', day, ': ', document_count, ' of ', usual) AS example FROM judged WHERE document_count > usual * 4 + 8;

-- name: source_days
known AS (
    -- The newest day is open: the night has not seen all of it.
    SELECT max(published_on) - 1 AS last_day FROM documents
), listed AS (
    SELECT source_id, unnest(generate_series(greatest(min(published_on), any_value(last_day) - 62), any_value(last_day), INTERVAL 1 DAY))::DATE AS day
    FROM documents, known WHERE published_on <= last_day GROUP BY source_id
), counted AS (
    SELECT l.source_id, l.day, count(d.document_id) AS document_count
    FROM listed l LEFT JOIN documents d ON d.source_id = l.source_id AND d.published_on = l.day GROUP BY ALL
), judged AS (
    SELECT c.source_id, c.day, c.document_count, median(p.document_count) AS usual
    FROM counted c, known JOIN counted p ON p.source_id = c.source_id AND p.day <= known.last_day - 7
    WHERE c.day > known.last_day - 7 GROUP BY ALL HAVING count(*) >= 28
);

-- name: weeks_that_jump
WITH known AS (
    SELECT date_trunc('week', max(published_on))::DATE AS open_week FROM documents
), counted AS (
    SELECT 'documents' AS what, date_trunc('week', published_on)::DATE AS week, count(*) AS row_count FROM documents WHERE published_on IS NOT NULL GROUP BY ALL
    UNION ALL SELECT type, week, count(*) FROM events JOIN event_types USING (event_id) WHERE status = 'happened' AND week IS NOT NULL GROUP BY ALL
), measured AS (
    SELECT what, coalesce(sum(row_count) FILTER (week = open_week - 7), 0) AS now_count,
        coalesce(sum(row_count) FILTER (week BETWEEN open_week - 63 AND open_week - 14), 0) / 8.0 AS mean_count,
        min(week) <= open_week - 63 AS is_known
    FROM counted, known GROUP BY what, open_week
)
SELECT concat(what, ': ', now_count, ' where ', round(mean_count, 1), ' is usual') AS example
FROM measured WHERE is_known AND mean_count >= 4 AND abs(now_count - mean_count) > 4 * sqrt(mean_count + mean_count / 8);

-- name: labels_that_drift
WITH known AS (
    SELECT date_trunc('week', max(published_on))::DATE AS open_week FROM documents
), read AS (
    SELECT count(*) FILTER (published_on >= open_week - 7 AND published_on < open_week) AS now_read,
        count(*) FILTER (published_on >= open_week - 63 AND published_on < open_week - 7) AS before_read
    FROM documents, known
), given AS (
    SELECT label, count(*) FILTER (published_on >= open_week - 7 AND published_on < open_week) AS now_count,
        count(*) FILTER (published_on >= open_week - 63 AND published_on < open_week - 7) AS before_count
    FROM document_labels JOIN documents USING (document_id), known WHERE band = 'yes' GROUP BY label
)
SELECT concat(label, ': ', now_count, ' of ', now_read, ' documents where ', round(before_count * now_read / before_read, 1), ' are usual') AS example
FROM given, read
WHERE before_read >= 200 AND now_read >= 50 AND before_count * now_read / before_read >= 4
    AND abs(now_count - before_count * now_read / before_read) > 4 * sqrt(before_count * now_read / before_read * (1 + now_read / before_read));

-- name: drop_row_counts
DELETE FROM row_counts WHERE run_id = $run;

-- name: record_row_counts
INSERT INTO row_counts
SELECT $run, 'documents', count(*) FROM documents
UNION ALL SELECT $run, 'mentions', count(*) FROM mentions
UNION ALL SELECT $run, 'events', count(*) FROM events;
