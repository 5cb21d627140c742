-- Norms of the week that concern the group's sectors, or all sectors, and its regions, or the whole country. Emergencies have their own section.
WITH papers AS (
    SELECT t.event_id, t.norm, t.title, t.sectors, t.ubigeo, t.first_reported_on, t.date, t.source_count FROM timeline t
    WHERE list_contains(t.types, 'new_law') AND NOT list_contains(t.types, 'state_of_emergency') AND t.status = 'happened'
      AND len(list_filter(t.types, lambda x: x NOT IN ('new_law', 'extortion'))) = 0 AND t.week = $week::DATE
), links AS (
    -- The gazette's own page before what others write of it.
    SELECT s.event_id, arg_min(s.url, (d.kind <> 'norm')::INTEGER) AS url, arg_min(s.source_name, (d.kind <> 'norm')::INTEGER) AS source_name,
        arg_min(s.title, (d.kind <> 'norm')::INTEGER) AS title
    FROM event_sources s JOIN documents d USING (document_id) GROUP BY 1
)
SELECT p.norm AS number, coalesce(l.title, p.title) AS title, l.url, l.source_name, coalesce(p.date, p.first_reported_on) AS day
FROM papers p LEFT JOIN links l USING (event_id)
WHERE (len($sectors::VARCHAR[]) = 0 OR len(p.sectors) = 0 OR list_has_any(p.sectors, $sectors::VARCHAR[]))
  AND (len($regions::VARCHAR[]) = 0 OR p.ubigeo IS NULL
    OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(p.ubigeo, r) OR starts_with(r, place_stem(p.ubigeo)))) > 0)
ORDER BY len(list_intersect(p.sectors, $sectors::VARCHAR[])) DESC, day, p.event_id;
