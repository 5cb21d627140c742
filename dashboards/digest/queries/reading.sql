-- What was read, week by week, zeros included, from the first week with any. Articles alone: a list of bills or a gazette reaches back for years.
-- A week counts as read with at least a third of the last week's articles: what a first night finds of earlier weeks is no reading of them.
WITH counted AS (
    SELECT date_trunc('week', published_on)::DATE AS week, count(*) AS documents FROM documents WHERE kind = 'article' GROUP BY 1
), weeks AS (
    SELECT unnest(generate_series(greatest(min(week), $first::DATE), $last::DATE, INTERVAL 7 DAY))::DATE AS week FROM counted
), now AS (
    SELECT coalesce(max(documents), 0) AS documents FROM counted WHERE week = $last::DATE
)
SELECT w.week, coalesce(c.documents, 0) AS documents, coalesce(c.documents, 0) > 0 AND 3 * c.documents >= n.documents AS is_read
FROM weeks w LEFT JOIN counted c USING (week) CROSS JOIN now n ORDER BY w.week;
