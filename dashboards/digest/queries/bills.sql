-- Bills that the week's reports tell of, of the group's sectors or of extortion at large.
SELECT t.norm AS number, t.title, coalesce(t.date, t.first_reported_on) AS day,
    (SELECT arg_min(s.url, s.published_at) FROM event_sources s WHERE s.event_id = t.event_id) AS url,
    (SELECT arg_min(s.source_name, s.published_at) FROM event_sources s WHERE s.event_id = t.event_id) AS source_name
FROM timeline t
WHERE list_contains(t.types, 'bill') AND len(list_filter(t.types, lambda x: x NOT IN ('bill', 'extortion'))) = 0 AND t.week = $week::DATE
  AND (len($sectors::VARCHAR[]) = 0 OR len(t.sectors) = 0 OR list_has_any(t.sectors, $sectors::VARCHAR[]))
ORDER BY day, t.event_id;
