-- Statistics on which sources differ: the same thing, time and place, and who says what.
SELECT metric, period_start, period_end, coalesce(district, province, department, 'Perú') AS place, unit, value, source_id, published_on, evidence
FROM figure_claims WHERE is_contradicted ORDER BY metric, period_start, place, value;
