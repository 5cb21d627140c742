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
