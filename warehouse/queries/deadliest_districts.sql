-- Districts with most persons killed, and for each 100,000 inhabitants.
-- $since day = 2024-01-01: first day
WITH counted AS (
    SELECT ubigeo, sum(killed)::BIGINT AS killed, count(*) AS murders FROM timeline
    WHERE list_contains(types, 'murder') AND status = 'happened' AND killed > 0 AND coalesce(date, first_reported_on) >= $since::DATE GROUP BY ubigeo
)
SELECT d.department, d.province, d.district, c.killed, c.murders, d.population, round(c.killed * 100000.0 / d.population, 2) AS killed_per_100k
FROM counted c JOIN districts d USING (ubigeo) ORDER BY killed DESC, killed_per_100k DESC, d.ubigeo LIMIT 50;
