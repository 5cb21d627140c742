-- What was said of events, when, and by whom.

CREATE OR REPLACE MACRO events_as_of(day) AS TABLE
SELECT * EXCLUDE (said_at, is_standing)
FROM (SELECT * FROM event_versions WHERE said_on <= day QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY said_at DESC) = 1)
WHERE is_standing;
COMMENT ON MACRO TABLE events_as_of IS 'Events as they were said to be on a day: one row an event that stood then. SELECT * FROM events_as_of(DATE ''2026-11-01'').';

CREATE OR REPLACE VIEW event_now AS
SELECT event_id, event_id AS now_id, false AS is_retracted FROM events
UNION ALL SELECT event_id, now_id, now_id IS NULL FROM event_redirects;
COMMENT ON VIEW event_now IS 'One row an id that was ever published, with the event it stands for now. NULL: retracted.';

CREATE OR REPLACE VIEW event_claims AS
WITH said AS (
    SELECT l.event_id, m.document_id, c.field, c.value
    FROM event_mentions l JOIN mentions m USING (mention_id), LATERAL (SELECT unnest([
        {field: 'killed', value: m.killed::VARCHAR}, {field: 'wounded', value: m.wounded::VARCHAR},
        {field: 'date', value: CASE WHEN m.type <> 'arrest' THEN m.date::VARCHAR END}, {field: 'ubigeo', value: CASE WHEN m.type <> 'arrest' THEN m.ubigeo END},
        {field: 'amount_pen', value: m.amount_pen::VARCHAR}, {field: 'group_name', value: m.group_name}, {field: 'norm', value: m.norm}
    ], recursive := true)) c
    WHERE c.value IS NOT NULL
), chosen AS (
    SELECT event_id, c.field, c.value FROM events e, LATERAL (SELECT unnest([
        {field: 'killed', value: e.killed::VARCHAR}, {field: 'wounded', value: e.wounded::VARCHAR}, {field: 'date', value: e.date::VARCHAR},
        {field: 'ubigeo', value: e.ubigeo}, {field: 'amount_pen', value: e.amount_pen::VARCHAR}, {field: 'norm', value: e.norm}
    ], recursive := true)) c
)
SELECT s.event_id, s.field, s.value, count(DISTINCT coalesce(o.owner_name, d.source_id)) AS source_count, list(DISTINCT d.source_id ORDER BY d.source_id) AS source_ids,
    arg_min(s.document_id, coalesce(d.published_at, TIMESTAMPTZ '9999-01-01 00:00:00+00')) AS first_document_id, bool_or(c.event_id IS NOT NULL) AS is_chosen,
    count(*) OVER (PARTITION BY s.event_id, s.field) > 1 AS is_disputed
FROM said s JOIN documents d USING (document_id) LEFT JOIN sources o USING (source_id)
    LEFT JOIN chosen c ON c.event_id = s.event_id AND c.field = s.field AND c.value = s.value
GROUP BY s.event_id, s.field, s.value;
COMMENT ON VIEW event_claims IS 'One row an event, a field and a value that some source gives it; is_chosen marks the one that stands in events, is_disputed those that differ.';
COMMENT ON COLUMN event_now.is_retracted IS 'Whether nothing stands for it any more.';
COMMENT ON COLUMN event_claims.field IS 'killed, wounded, date, ubigeo, amount_pen, group_name or norm.';
COMMENT ON COLUMN event_claims.value IS 'The value given, as text.';
COMMENT ON COLUMN event_claims.source_count IS 'Owners that give it.';
COMMENT ON COLUMN event_claims.source_ids IS 'Sources that give it, by alphabet.';
COMMENT ON COLUMN event_claims.first_document_id IS 'First document that gives it.';
COMMENT ON COLUMN event_claims.is_chosen IS 'Whether it stands in events.';
COMMENT ON COLUMN event_claims.is_disputed IS 'Whether another value is given for the same field of the event.';
COMMENT ON COLUMN event_now.event_id IS 'An id that was ever published.';
