-- Complaints and other numbers that pages on a sector claim, by city and half-year: the seed figures of dentists, bodegas or schools.
-- $sector text = dentists: sector, as in labels
SELECT f.metric, coalesce(f.province, f.department, 'country or unknown') AS city,
    CASE WHEN f.period_end IS NULL THEN 'unknown' ELSE concat(year(f.period_end), '-', CASE WHEN month(f.period_end) <= 6 THEN 'I' ELSE 'II' END) END AS half_year,
    f.period, f.value, f.unit, f.change, d.source_id, d.published_on, f.evidence, d.url
FROM figures f JOIN documents d USING (document_id)
WHERE f.document_id IN (SELECT document_id FROM document_labels WHERE axis = 'sector' AND label = $sector::VARCHAR AND band = 'yes')
ORDER BY half_year, city, f.metric, f.value DESC;
