-- A page of the events that the filters leave, how many are listed and how many of these happened. Which they are is told by a few columns; the rest is read of these alone.
WITH -- chosen
, page AS MATERIALIZED (
    SELECT row_number, CASE $sort WHEN 'killed' THEN killed WHEN 'sources' THEN source_count END AS most, CASE WHEN $sort = 'oldest' THEN day END AS oldest, day AS newest
    FROM chosen ORDER BY most DESC NULLS LAST, oldest ASC NULLS LAST, newest DESC NULLS LAST, event_id LIMIT $size OFFSET $skip
), counted AS (
    SELECT count(*) AS listed, count(*) FILTER (status = 'happened') AS happened FROM chosen
)
SELECT event_id, primary_type, types, sectors, status, date, date_precision, first_reported_on, department, province, district, place_precision,
    killed, wounded, amount_pen, norm, source_count, document_count, title, evidence, is_disputed, counted.listed, counted.happened
FROM counted, events JOIN page ON events.rowid = page.row_number
ORDER BY page.most DESC NULLS LAST, page.oldest ASC NULLS LAST, page.newest DESC NULLS LAST, event_id;
