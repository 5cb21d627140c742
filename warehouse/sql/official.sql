-- Statements of warehouse/official: f_series holds the values of one file.

-- name: places
SELECT ubigeo, department FROM districts;

-- name: drop_releases
DELETE FROM official_series WHERE (series, release) IN (SELECT DISTINCT series, release FROM f_series);

-- name: insert
INSERT INTO official_series BY NAME SELECT * FROM f_series;

-- name: drop_shipped
-- What the program has otherwise by now; the rest stays untouched.
DELETE FROM official_series WHERE origin = 'shipped' AND (series, release, grain, period_from, level, ubigeo, value, is_partial, source_note)
    NOT IN (SELECT (series, release, grain, period_from, level, ubigeo, value, is_partial, source_note) FROM f_series);

-- name: insert_shipped
INSERT INTO official_series BY NAME SELECT * FROM f_series
WHERE (series, release) NOT IN (SELECT (series, release) FROM official_series WHERE origin <> 'shipped')
    AND (series, release, grain, period_from, level, ubigeo) NOT IN (SELECT (series, release, grain, period_from, level, ubigeo) FROM official_series);

-- name: summary
SELECT series, counted_by, unit, max(release) AS last_release, min(period_from) AS first_day, max(period_to) AS last_day,
    list(DISTINCT level ORDER BY level) AS levels, list(DISTINCT grain ORDER BY grain) AS grains, count(*) AS value_count
FROM official_series GROUP BY series, counted_by, unit ORDER BY series;
