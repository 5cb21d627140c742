-- Events that one source alone tells: what would be lost without it.
SELECT source_ids[1] AS source_id, count(*) AS event_count, count(*) FILTER (list_contains(types, 'murder')) AS murders, list(DISTINCT department ORDER BY department) FILTER (department IS NOT NULL) AS departments
FROM timeline WHERE status = 'happened' AND len(source_ids) = 1 GROUP BY 1 ORDER BY event_count DESC, source_id;
