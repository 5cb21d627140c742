-- Events of a group's sectors and types from $first to $last, with what is announced for later, and whether each lies in its regions (NULL: its place is not known so finely).
WITH said AS (
    SELECT event_id, min(said_at) AS known_since FROM event_versions GROUP BY 1
), paid AS (
    -- How often the sum is asked for: as most mentions with this sum say.
    SELECT l.event_id, m.amount_pen, mode(m.period) AS period FROM event_mentions l JOIN mentions m USING (mention_id)
    WHERE m.amount_pen IS NOT NULL AND m.period IS NOT NULL GROUP BY ALL
)
SELECT t.event_id, t.primary_type, t.types, t.sectors, t.status, t.date, t.date_precision, t.first_reported_on, t.week, t.ubigeo, t.department, t.province,
    t.district, t.killed, t.wounded, t.amount_pen, p.period, t.norm, t.source_count, t.document_count, t.title, t.evidence, t.is_disputed, s.known_since,
    l.position,
    CASE t.date_precision WHEN 'week' THEN t.date + 6 WHEN 'month' THEN last_day(t.date) ELSE t.date END AS last_day,
    CASE WHEN len($regions::VARCHAR[]) = 0 THEN true
        WHEN len(list_filter($regions::VARCHAR[], lambda r: starts_with(coalesce(t.ubigeo, ''), r))) > 0 THEN true
        -- "Lima department" may or may not be the district asked for; nowhere may be anywhere.
        WHEN t.ubigeo IS NULL OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(r, place_stem(t.ubigeo)))) > 0 THEN NULL
        ELSE false END AS is_in_region
FROM timeline t JOIN labels l ON l.axis = 'event' AND l.label = t.primary_type LEFT JOIN said s USING (event_id)
    LEFT JOIN paid p ON p.event_id = t.event_id AND p.amount_pen = t.amount_pen
WHERE (len($sectors::VARCHAR[]) = 0 OR list_has_any(t.sectors, $sectors::VARCHAR[]))
  AND (len($types::VARCHAR[]) = 0 OR list_has_any(t.types, $types::VARCHAR[]))
  -- A law against extortion is paper, not a deed: it stands among the laws.
  AND NOT (list_has_any(t.types, ['new_law', 'state_of_emergency', 'bill']) AND len(list_filter(t.types, lambda x: x NOT IN ('new_law', 'state_of_emergency', 'bill', 'extortion'))) = 0)
  AND t.week >= $first::DATE AND (t.week <= $last::DATE OR t.status = 'planned')
ORDER BY t.week, t.event_id;
