-- Figures on which sources differ: the same thing, time and place with more than one value.
SELECT metric, unit, period_start, period_end, coalesce(district, province, department, 'country or unknown') AS place, value, lowest, highest, source_id, published_on, url
FROM figure_claims WHERE is_contradicted ORDER BY period_end DESC, metric, place, value;
