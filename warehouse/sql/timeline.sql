-- Statements of warehouse/timeline.py.

-- name: list_events
-- Events in order of their day, filtered; parameters are NULL (or an empty list) where no filter is set.
SELECT event_id, date, date_precision, week, week_basis, status, primary_type, types, sectors, department, province, district, ubigeo, place_precision,
    killed, wounded, amount_pen, norm, source_count, document_count, title
FROM timeline
WHERE (len($sectors::VARCHAR[]) = 0 OR list_has_any(sectors, $sectors::VARCHAR[]))
  AND (len($events::VARCHAR[]) = 0 OR list_has_any(types, $events::VARCHAR[]))
  AND ($region::VARCHAR IS NULL OR starts_with(coalesce(ubigeo, ''), $region::VARCHAR))
  AND ($since::DATE IS NULL OR coalesce(date, first_reported_on) >= $since::DATE)
  AND ($until::DATE IS NULL OR coalesce(date, first_reported_on) <= $until::DATE)
ORDER BY coalesce(date, first_reported_on) NULLS LAST, event_id;

-- name: count_events
-- What happened, counted by week, month or day of the event (or of its first report where the event's day is unknown), zero rows included.
WITH chosen AS (
    SELECT *, CASE $by WHEN 'month' THEN date_trunc('month', coalesce(date, first_reported_on)) WHEN 'day' THEN coalesce(date, first_reported_on)::TIMESTAMP
        ELSE date_trunc('week', coalesce(date, first_reported_on)) END::DATE AS period
    FROM timeline
    WHERE status = 'happened' AND (len($sectors::VARCHAR[]) = 0 OR list_has_any(sectors, $sectors::VARCHAR[]))
      AND (len($events::VARCHAR[]) = 0 OR list_has_any(types, $events::VARCHAR[]))
      AND ($region::VARCHAR IS NULL OR starts_with(coalesce(ubigeo, ''), $region::VARCHAR))
      AND ($since::DATE IS NULL OR coalesce(date, first_reported_on) >= $since::DATE)
      AND ($until::DATE IS NULL OR coalesce(date, first_reported_on) <= $until::DATE)
), periods AS (
    SELECT unnest(generate_series(min(period), max(period), CASE $by WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 7 DAY END))::DATE AS period
    FROM chosen
)
SELECT period, count(event_id) AS event_count, coalesce(sum(killed), 0)::BIGINT AS killed, coalesce(sum(wounded), 0)::BIGINT AS wounded,
    count(event_id) FILTER (WHERE week_basis = 'report') AS dated_by_report
FROM periods LEFT JOIN chosen USING (period)
GROUP BY period
ORDER BY period;
