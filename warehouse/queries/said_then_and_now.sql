-- How a count has moved since a day: events by primary type as said then, and as said now of the same time.
-- $day day = 2026-11-01: the day
SELECT coalesce(a.primary_type, b.primary_type) AS primary_type, coalesce(a.event_count, 0) AS said_then, coalesce(b.event_count, 0) AS said_now
FROM (SELECT primary_type, count(*) AS event_count FROM events_as_of($day::DATE) WHERE status = 'happened' AND week <= $day::DATE GROUP BY 1) a
    FULL JOIN (SELECT primary_type, count(*) AS event_count FROM timeline WHERE status = 'happened' AND week <= $day::DATE GROUP BY 1) b USING (primary_type)
ORDER BY said_now DESC, primary_type;
