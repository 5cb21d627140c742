-- Whether a rise is real: weekly events of all sources beside those of sources that were read all along.
-- $sector text = transport: sector, as in labels
WITH everything AS (
    SELECT week, sum(event_count)::BIGINT AS event_count, any_value(documents_read) AS documents_read FROM timeline_weekly WHERE sector = $sector::VARCHAR GROUP BY 1
), panel AS (
    SELECT week, sum(event_count)::BIGINT AS event_count, any_value(documents_read) AS documents_read FROM timeline_panel() WHERE sector = $sector::VARCHAR GROUP BY 1
)
SELECT week, a.event_count AS of_all, p.event_count AS of_panel, a.documents_read AS read_of_all, p.documents_read AS read_of_panel
FROM everything a JOIN panel p USING (week) ORDER BY week;
