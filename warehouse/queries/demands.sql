-- Sums demanded, in soles, by sector and by the time they are for.
SELECT s.sector, m.period, count(DISTINCT l.event_id) AS event_count, min(m.amount_pen) AS lowest, median(m.amount_pen) AS median, max(m.amount_pen) AS highest
FROM mentions m JOIN event_mentions l USING (mention_id) JOIN mention_sectors s USING (mention_id)
WHERE m.amount_pen IS NOT NULL AND m.status = 'happened' GROUP BY ALL ORDER BY s.sector, m.period;
