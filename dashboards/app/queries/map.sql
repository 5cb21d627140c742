-- What happened, by place at a level: the beginning of its code, or NULL where no report tells it so finely.
WITH -- chosen
SELECT CASE WHEN $digits = 2 OR ($digits = 4 AND place_precision IN ('province', 'district')) OR place_precision = 'district' THEN left(ubigeo, $digits) END AS code,
    count(*) AS event_count, coalesce(sum(killed), 0)::BIGINT AS killed, coalesce(sum(wounded), 0)::BIGINT AS wounded
FROM chosen WHERE status = 'happened' GROUP BY 1 ORDER BY 2 DESC, 1;
