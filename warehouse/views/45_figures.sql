-- Figures: what several sources claim of one thing, side by side.

CREATE OR REPLACE VIEW figure_claims AS
WITH fixed AS (
    SELECT f.*, d.source_id, d.url, d.published_on FROM figures f JOIN documents d USING (document_id)
    WHERE f.change IS NULL AND f.period_start IS NOT NULL AND f.period_end IS NOT NULL
), spread AS (
    SELECT metric, unit, period_start, period_end, coalesce(ubigeo, '') AS place, min(value) AS lowest, max(value) AS highest,
        count(DISTINCT value) AS value_count, count(DISTINCT source_id) AS source_count
    FROM fixed GROUP BY ALL
)
SELECT f.metric, f.unit, f.period_start, f.period_end, f.ubigeo, f.department, f.province, f.district, f.value, f.source_id, f.document_id, f.url,
    f.published_on, f.evidence, s.lowest, s.highest, s.source_count, s.value_count > 1 AS is_contradicted
FROM fixed f JOIN spread s ON (s.metric, s.unit, s.period_start, s.period_end, s.place) = (f.metric, f.unit, f.period_start, f.period_end, coalesce(f.ubigeo, ''));
COMMENT ON VIEW figure_claims IS 'One row a claim of a level whose time is fixed, beside what others claim of the same metric, unit, time and place.';
COMMENT ON COLUMN figure_claims.published_on IS 'Day (Lima) on which the page was published. NULL: unknown.';
COMMENT ON COLUMN figure_claims.lowest IS 'Lowest value that anybody claims of the same.';
COMMENT ON COLUMN figure_claims.highest IS 'Highest value that anybody claims of the same.';
COMMENT ON COLUMN figure_claims.source_count IS 'Sources that claim a value of the same.';
COMMENT ON COLUMN figure_claims.is_contradicted IS 'Whether the values claimed of the same differ.';
