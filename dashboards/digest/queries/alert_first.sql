-- Events of the last days whose type the district had not seen for $quiet_days days; only where so many days were read at all.
-- Read is a week with at least a third of the articles of the last seven days: one old bill or article is no reading.
WITH weeks AS (
    SELECT date_trunc('week', published_on)::DATE AS week, count(*) AS documents FROM documents WHERE kind = 'article' GROUP BY 1
), lately AS (
    SELECT count(*) AS documents FROM documents WHERE kind = 'article' AND published_on BETWEEN $today::DATE - 6 AND $today::DATE
), known AS (
    SELECT min(w.week) AS first_read FROM weeks w, lately l WHERE 3 * w.documents >= l.documents
), dated AS (
    SELECT t.event_id, unnest(t.types) AS event_type, t.ubigeo, t.place_precision, t.sectors, coalesce(t.date, t.first_reported_on) AS day
    FROM timeline t WHERE t.status = 'happened' AND t.place_precision = 'district'
)
SELECT d.event_id, d.event_type, d.ubigeo FROM dated d, known
WHERE d.day BETWEEN $today::DATE - $new_days::INTEGER AND $today::DATE
  AND known.first_read <= d.day - $quiet_days::INTEGER
  AND d.event_type NOT IN ('new_law', 'state_of_emergency', 'bill', 'arrest')
  AND (len($sectors::VARCHAR[]) = 0 OR list_has_any(d.sectors, $sectors::VARCHAR[]))
  AND (len($types::VARCHAR[]) = 0 OR list_contains($types::VARCHAR[], d.event_type))
  AND (len($regions::VARCHAR[]) = 0 OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(d.ubigeo, r))) > 0)
  AND NOT EXISTS (
      SELECT 1 FROM dated e WHERE e.event_type = d.event_type AND e.ubigeo = d.ubigeo AND e.event_id <> d.event_id
          AND e.day BETWEEN d.day - $quiet_days::INTEGER AND d.day
          AND (len($sectors::VARCHAR[]) = 0 OR list_has_any(e.sectors, $sectors::VARCHAR[]))
  )
ORDER BY d.day, d.event_id, d.event_type;
