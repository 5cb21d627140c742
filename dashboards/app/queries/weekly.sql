-- What happened, by week and primary type, so that each counts once and the types add up; weeks without any stand with NULL.
WITH -- chosen
, counted AS (
    SELECT week, primary_type AS label, count(*) AS event_count, coalesce(sum(killed), 0)::BIGINT AS killed, coalesce(sum(wounded), 0)::BIGINT AS wounded,
        count(*) FILTER (week_basis = 'report') AS dated_by_report
    FROM chosen WHERE week IS NOT NULL AND status = 'happened' GROUP BY ALL
)
SELECT w.week, c.label, coalesce(c.event_count, 0) AS event_count, c.killed, c.wounded, coalesce(c.dated_by_report, 0) AS dated_by_report,
    w.documents_read, w.sources_healthy
FROM weeks w LEFT JOIN counted c USING (week)
WHERE ($since::DATE IS NULL OR w.week + 6 >= $since::DATE) AND ($until::DATE IS NULL OR w.week <= $until::DATE)
ORDER BY w.week, c.event_count DESC;
