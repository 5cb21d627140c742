CREATE OR REPLACE VIEW timeline AS
SELECT e.*, (SELECT list(type ORDER BY type) FROM event_types t WHERE t.event_id = e.event_id) AS types,
    (SELECT coalesce(list(sector ORDER BY sector), []) FROM event_sectors s WHERE s.event_id = e.event_id) AS sectors
FROM events e;
COMMENT ON VIEW timeline IS 'One row an event, its types and sectors as lists.';

CREATE OR REPLACE VIEW timeline_weekly AS
WITH weeks AS (
    SELECT unnest(generate_series(min(week), max(week), INTERVAL 7 DAY))::DATE AS week FROM events
), cells AS (
    SELECT week, sector, event_type FROM weeks,
        (SELECT label AS sector FROM labels WHERE axis = 'sector' UNION ALL SELECT 'none'),
        (SELECT label AS event_type FROM labels WHERE axis = 'event')
), counted AS (
    SELECT e.week, coalesce(s.sector, 'none') AS sector, t.type AS event_type, count(*) AS event_count, sum(e.killed) AS killed
    FROM events e JOIN event_types t USING (event_id) LEFT JOIN event_sectors s USING (event_id) GROUP BY ALL
), documents_per_week AS (
    SELECT date_trunc('week', published_on)::DATE AS week, count(*) AS documents_read FROM documents GROUP BY 1
)
SELECT c.week, c.sector, c.event_type, coalesce(n.event_count, 0) AS event_count, coalesce(n.killed, 0) AS killed, coalesce(d.documents_read, 0) AS documents_read
FROM cells c LEFT JOIN counted n USING (week, sector, event_type) LEFT JOIN documents_per_week d USING (week);
COMMENT ON VIEW timeline_weekly IS 'One row a week, sector and event type, zeros included; an event of two sectors stands in both rows, so never add rows up.';

CREATE OR REPLACE VIEW event_sources AS
SELECT DISTINCT l.event_id, d.document_id, d.source_id, s.source_name, s.owner_name, d.title, d.url, d.published_at, d.digest
FROM event_mentions l JOIN mentions m USING (mention_id) JOIN documents d USING (document_id) JOIN sources s USING (source_id);
COMMENT ON VIEW event_sources IS 'One row an event and a document that tells it.';

CREATE OR REPLACE VIEW source_health AS
SELECT n.*, s.source_name, s.owner_name FROM source_nights n JOIN sources s USING (source_id)
QUALIFY row_number() OVER (PARTITION BY n.source_id ORDER BY n.run_id DESC) = 1;
COMMENT ON VIEW source_health IS 'One row a source: its last night.';
