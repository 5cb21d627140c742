-- Shops, schools or clinics that closed, and what went before: closures of a sector with their place and voices.
-- $sector text = bodegas: sector, as in labels
SELECT coalesce(date, first_reported_on) AS day, district, province, department, types, source_count, title, event_id
FROM timeline WHERE status = 'happened' AND list_contains(types, 'closure') AND list_contains(sectors, $sector::VARCHAR) ORDER BY day DESC NULLS LAST, event_id;
