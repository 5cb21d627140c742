-- The events that the filters leave, the newest first, as a table to take away.
WITH -- chosen
, first AS MATERIALIZED (
    SELECT row_number FROM chosen ORDER BY day DESC NULLS LAST, event_id LIMIT $most::BIGINT
)
SELECT event_id, date, date_precision, first_reported_on, week, status, primary_type, types, sectors, department, province, district, ubigeo, place_precision,
    killed, wounded, amount_pen, norm, source_count, document_count, is_disputed, title
FROM events SEMI JOIN first ON events.rowid = first.row_number ORDER BY coalesce(date, first_reported_on) DESC NULLS LAST, event_id;
