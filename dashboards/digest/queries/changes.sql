-- What came to be said otherwise of events of earlier weeks between two instants, of the group's sectors, types and regions, as they stand or stood.
WITH known AS (
    SELECT event_id, last(types ORDER BY said_at) AS types, last(sectors ORDER BY said_at) AS sectors, last(ubigeo ORDER BY said_at) AS ubigeo,
        last(week ORDER BY said_at) AS week, last(date ORDER BY said_at) AS date, last(department ORDER BY said_at) AS department,
        last(province ORDER BY said_at) AS province, last(district ORDER BY said_at) AS district, last(primary_type ORDER BY said_at) AS primary_type
    FROM event_versions WHERE is_standing GROUP BY event_id
)
SELECT c.event_id, c.changed_at, c.change, c.reason, c.before, c.after, k.types, k.week, k.date, k.department, k.province, k.district, k.primary_type, e.title
FROM event_changes c JOIN known k USING (event_id) LEFT JOIN events e ON e.event_id = c.event_id
WHERE c.changed_at >= $since::TIMESTAMPTZ AND c.changed_at < $until::TIMESTAMPTZ AND k.week < $week::DATE
  AND k.primary_type NOT IN ('new_law', 'state_of_emergency', 'bill')
  AND (len($sectors::VARCHAR[]) = 0 OR list_has_any(k.sectors, $sectors::VARCHAR[]))
  AND (len($types::VARCHAR[]) = 0 OR list_has_any(k.types, $types::VARCHAR[]))
  AND (len($regions::VARCHAR[]) = 0 OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(coalesce(k.ubigeo, ''), r))) > 0)
ORDER BY c.changed_at, c.event_id, c.change;
