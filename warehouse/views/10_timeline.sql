-- Events: one by one, by week, and by who tells them.

CREATE OR REPLACE VIEW timeline AS
SELECT *, (SELECT value FROM about WHERE key = 'permalink_base') || event_id AS permalink FROM events;
COMMENT ON VIEW timeline IS 'One row an event, its types and sectors as lists.';
COMMENT ON COLUMN timeline.permalink IS 'Address that shows this event, whatever becomes of it. NULL: the operator has set no public address.';

CREATE OR REPLACE VIEW timeline_weekly AS
WITH cells AS (
    SELECT w.week, s.sector, t.event_type, d.department, w.documents_read, w.sources_read, w.sources_healthy
    FROM weeks w, (SELECT label AS sector FROM labels WHERE axis = 'sector' UNION ALL SELECT 'none') s,
        (SELECT label AS event_type FROM labels WHERE axis = 'event') t, departments d
)
SELECT c.week, c.sector, c.event_type, c.department, coalesce(n.event_count, 0) AS event_count, coalesce(n.killed, 0) AS killed,
    coalesce(n.wounded, 0) AS wounded, coalesce(n.dated_by_report, 0) AS dated_by_report, c.documents_read, c.sources_read, c.sources_healthy
FROM cells c LEFT JOIN event_weeks n USING (week, sector, event_type, department);
COMMENT ON VIEW timeline_weekly IS 'One row a week, sector, event type and department, zeros included; what is only planned is not counted. Departments may be added up; an event of two sectors or types stands in several rows, so sectors and types may not. documents_read and sources_healthy tell whether the reading changed; timeline_panel counts over sources that did not.';

CREATE OR REPLACE VIEW event_sources AS
SELECT e.event_id, d.document_id, d.source_id, s.source_name, s.owner_name, d.title, d.url, d.published_at, d.digest
FROM event_documents e JOIN documents d USING (document_id) JOIN sources s ON s.source_id = d.source_id;
COMMENT ON VIEW event_sources IS 'One row an event and a document that tells it.';
