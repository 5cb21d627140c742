-- A page of the events that the filters leave, and how many there are.
WITH -- chosen
SELECT event_id, primary_type, types, sectors, status, date, date_precision, first_reported_on, department, province, district, place_precision,
    killed, wounded, amount_pen, norm, source_count, document_count, title, evidence, is_disputed, count(*) OVER () AS total
FROM chosen
ORDER BY CASE $sort WHEN 'killed' THEN killed WHEN 'sources' THEN source_count END DESC NULLS LAST,
    CASE WHEN $sort = 'oldest' THEN day END ASC NULLS LAST, day DESC NULLS LAST, event_id
LIMIT $size OFFSET $skip;
