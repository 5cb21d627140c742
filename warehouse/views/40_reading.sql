-- How well the press was read: sources, days, rules.

CREATE OR REPLACE VIEW source_health AS
WITH lately AS (
    SELECT source_id, count(*) AS nights_28_days, count(*) FILTER (health = 'healthy') AS healthy_nights_28_days
    FROM source_nights JOIN runs USING (run_id) WHERE started_at > (SELECT max(started_at) FROM runs) - INTERVAL 28 DAY GROUP BY 1
), last_document AS (
    SELECT source_id, max(published_at) AS last_document_at, count(*) AS document_count FROM documents GROUP BY 1
)
SELECT n.*, s.source_name, s.owner_name, l.nights_28_days, l.healthy_nights_28_days, d.last_document_at, coalesce(d.document_count, 0) AS document_count
FROM source_nights n JOIN sources s USING (source_id) LEFT JOIN lately l USING (source_id) LEFT JOIN last_document d USING (source_id)
QUALIFY row_number() OVER (PARTITION BY n.source_id ORDER BY n.run_id DESC) = 1;
COMMENT ON VIEW source_health IS 'One row a source: its last night, and how it did of late.';
COMMENT ON COLUMN source_health.nights_28_days IS 'Nights it was asked in the 28 days up to the last night. NULL: none.';
COMMENT ON COLUMN source_health.healthy_nights_28_days IS 'Of these, the healthy ones. NULL: none asked.';
COMMENT ON COLUMN source_health.last_document_at IS 'Publication time of its newest document (UTC). NULL: none dated.';
COMMENT ON COLUMN source_health.document_count IS 'Its documents.';

CREATE OR REPLACE VIEW completeness AS
WITH span AS (
    SELECT greatest(min(published_on), (SELECT min(week) FROM weeks)) AS first_day, max(published_on) AS last_day FROM documents
), days AS (
    SELECT unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day, last_day FROM span
), read AS (
    SELECT published_on AS day, count(*) AS documents_read, count(DISTINCT source_id) AS sources_read, count(*) FILTER (l.document_id IS NOT NULL) AS documents_labelled
    FROM documents d LEFT JOIN (SELECT DISTINCT document_id FROM document_labels WHERE band = 'yes') l USING (document_id) GROUP BY 1
), ran AS (
    SELECT (started_at AT TIME ZONE 'America/Lima')::DATE AS day, count(*) AS nights FROM runs GROUP BY 1
), happened AS (
    SELECT date AS day, count(*) AS event_count FROM events WHERE status = 'happened' AND date_precision = 'day' GROUP BY 1
)
SELECT d.day, d.day > d.last_day - 7 AS is_open, coalesce(r.documents_read, 0) AS documents_read, coalesce(r.sources_read, 0) AS sources_read,
    coalesce(r.documents_labelled, 0) AS documents_labelled, round(r.documents_labelled / r.documents_read, 3) AS share_labelled,
    coalesce(n.nights, 0) AS nights, coalesce(h.event_count, 0) AS event_count
FROM days d LEFT JOIN read r USING (day) LEFT JOIN ran n USING (day) LEFT JOIN happened h USING (day)
ORDER BY day;
COMMENT ON VIEW completeness IS 'One row a day, from the first event''s week on: how much of it was read, and whether more is to come.';
COMMENT ON COLUMN completeness.day IS 'Day (Lima) of publication, and of events for event_count.';
COMMENT ON COLUMN completeness.is_open IS 'Whether it is one of the last seven days known: reports of such days are still coming in, its counts will grow.';
COMMENT ON COLUMN completeness.documents_read IS 'Documents published on that day that were read.';
COMMENT ON COLUMN completeness.sources_read IS 'Sources with at least one of them.';
COMMENT ON COLUMN completeness.documents_labelled IS 'Of them, those that carry at least one label.';
COMMENT ON COLUMN completeness.share_labelled IS 'The same as a share, 0 to 1. NULL: none was read.';
COMMENT ON COLUMN completeness.nights IS 'Nights run on that day; 0: what is known of it was read later.';
COMMENT ON COLUMN completeness.event_count IS 'Events that happened on that day, of those whose day is told.';

CREATE OR REPLACE VIEW broken_rules AS
SELECT name, severity, failures, description, examples, run_id FROM check_results
WHERE run_id = (SELECT max(run_id) FROM check_results) AND failures > 0
ORDER BY severity, failures DESC;
COMMENT ON VIEW broken_rules IS 'One row a data-quality rule that was broken on the last night; a published file has warnings only.';
