-- Events as the made-up truth has them, written as linking would write them: $links names the event of each mention.

INSERT INTO event_mentions SELECT event_id, mention_id FROM read_parquet($links);

INSERT INTO events BY NAME
SELECT l.event_id, min(m.type) AS primary_type, 'happened' AS status, any_value(m.date) AS date, 'day' AS date_precision,
    min(d.published_on) AS first_reported_on, max(d.published_on) AS last_reported_on, date_trunc('week', any_value(m.date))::DATE AS week, 'date' AS week_basis,
    any_value(m.ubigeo) AS ubigeo, any_value(m.department) AS department, any_value(m.province) AS province, any_value(m.district) AS district,
    'district' AS place_precision, max(m.killed) AS killed, NULL AS wounded, NULL AS amount_pen, NULL AS norm, count(DISTINCT d.source_id) AS source_count,
    count(DISTINCT d.document_id) AS document_count, min(d.title_masked) AS title, min(m.evidence_masked) AS evidence, false AS is_disputed
FROM event_mentions l JOIN mentions m USING (mention_id) JOIN documents d USING (document_id) GROUP BY l.event_id;

INSERT INTO event_types SELECT DISTINCT event_id, type FROM event_mentions JOIN mentions USING (mention_id);

INSERT INTO event_sectors SELECT DISTINCT event_id, sector FROM event_mentions JOIN mention_sectors USING (mention_id);

INSERT INTO event_versions BY NAME
SELECT event_id, first_reported_on::TIMESTAMPTZ AS said_at, first_reported_on AS said_on, true AS is_standing, primary_type, date, week, ubigeo, department,
    killed, source_count, document_count, is_disputed
FROM events;

INSERT INTO tellings
SELECT m.document_id, m.happening, 's', any_value(m.date), any_value(l.event_id) FROM mentions m JOIN event_mentions l USING (mention_id) GROUP BY ALL;

INSERT INTO journal_marks SELECT 'versions', max(said_at) FROM event_versions;

DELETE FROM pending_documents;

-- A night a day for three years, all sources in good health.
INSERT INTO runs
SELECT strftime(day, '%Y%m%dT%H%M'), day + INTERVAL 7 HOUR, day + INTERVAL 8 HOUR, 'm' FROM (SELECT unnest(generate_series(DATE '2023-11-16', DATE '2026-11-15', INTERVAL 1 DAY)) AS day);

INSERT INTO source_nights BY NAME
SELECT run_id, source_id, 9 AS requests, 9 AS listed, 9 AS new, 0 AS failed, started_at AS newest_item_at, 'healthy' AS health FROM runs, sources;
