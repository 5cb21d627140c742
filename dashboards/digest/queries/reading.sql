-- What was read, week by week, zeros included, from the first week with any.
WITH weeks AS (
    SELECT unnest(generate_series(greatest(min(date_trunc('week', published_on))::DATE, $first::DATE), $last::DATE, INTERVAL 7 DAY))::DATE AS week FROM documents
), counted AS (
    SELECT date_trunc('week', published_on)::DATE AS week, count(*) AS documents FROM documents GROUP BY 1
)
SELECT week, coalesce(documents, 0) AS documents FROM weeks LEFT JOIN counted USING (week) ORDER BY week;
