-- Events that the filters leave and that no week can be given.
WITH -- chosen
SELECT count(*) FILTER (week IS NULL) AS without_week, count(*) FILTER (week_basis = 'report') AS dated_by_report, count(*) AS event_count FROM chosen;
