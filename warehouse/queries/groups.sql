-- Criminal groups that reports name: events, places and sectors of each.
SELECT m.group_name, count(DISTINCT l.event_id) AS event_count, count(DISTINCT m.document_id) AS documents, list(DISTINCT e.department ORDER BY e.department) FILTER (e.department IS NOT NULL) AS departments,
    list_sort(list_distinct(flatten(list(e.sectors)))) AS sectors, min(e.first_reported_on) AS first_named_on, max(e.last_reported_on) AS last_named_on
FROM mentions m JOIN event_mentions l USING (mention_id) JOIN timeline e USING (event_id)
WHERE m.group_name IS NOT NULL AND e.status = 'happened' GROUP BY m.group_name ORDER BY event_count DESC, m.group_name;
