-- The last seven days known beside the four spans of seven days before: all, by sector, by type. Span 0 is the last.
WITH -- chosen
, known AS (
    SELECT max(published_on) AS last_day, min(published_on) AS first_day FROM documents
), lately AS (
    SELECT c.*, (k.last_day - c.day) // 7 AS span FROM chosen c, known k WHERE c.status = 'happened' AND c.week >= k.last_day - 41 AND c.day BETWEEN k.last_day - 34 AND k.last_day
), cells AS (
    SELECT span, 'all' AS axis, '' AS label, killed, wounded, ubigeo FROM lately
    UNION ALL SELECT span, 'sector', unnest(CASE WHEN len(sectors) = 0 THEN ['none'] ELSE sectors END), killed, wounded, ubigeo FROM lately
    UNION ALL SELECT span, 'event', unnest(types), killed, wounded, ubigeo FROM lately
), counted AS (
    SELECT axis, label, count(*) FILTER (span = 0) AS now, count(*) FILTER (span > 0) / 4.0 AS usual,
        sum(killed) FILTER (span = 0)::BIGINT AS killed, sum(killed) FILTER (span > 0) / 4.0 AS killed_usual,
        sum(wounded) FILTER (span = 0)::BIGINT AS wounded, sum(wounded) FILTER (span > 0) / 4.0 AS wounded_usual,
        count(*) FILTER (span = 0 AND ubigeo IS NULL) AS unplaced
    FROM cells GROUP BY ALL
)
SELECT n.*, k.last_day - 6 AS from_day, k.last_day AS until_day, k.first_day <= k.last_day - 34 AS is_usual_known,
    (SELECT count(*) FROM documents WHERE published_on BETWEEN k.last_day - 6 AND k.last_day) AS documents_now,
    (SELECT count(*) FROM documents WHERE published_on BETWEEN k.last_day - 34 AND k.last_day - 7) / 4.0 AS documents_usual
FROM counted n, known k ORDER BY n.axis, n.now DESC, n.usual DESC;
