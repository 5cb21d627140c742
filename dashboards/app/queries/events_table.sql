-- The events that the filters leave, as a table to take away.
WITH -- chosen
SELECT event_id, date, date_precision, first_reported_on, week, status, primary_type, types, sectors, department, province, district, ubigeo, place_precision,
    killed, wounded, amount_pen, norm, source_count, document_count, is_disputed, title
FROM chosen ORDER BY day DESC NULLS LAST, event_id LIMIT 100000;
