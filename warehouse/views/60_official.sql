-- What offices count, beside what the press tells. One series a line: makers count different things.

CREATE OR REPLACE VIEW official_latest AS
WITH whole AS (
    SELECT series, grain, level, period_from, max(nullif(release, 'unknown')) AS release FROM official_series WHERE origin = 'file' GROUP BY ALL
)
-- A maker's file that covers a period replaces all that was said of it before; after it, a value copied from print replaces that of its own place.
SELECT o.* FROM official_series o LEFT JOIN whole w USING (series, grain, level, period_from)
WHERE w.release IS NULL OR o.release >= w.release AND o.release <> 'unknown'
QUALIFY row_number() OVER (PARTITION BY series, grain, level, period_from, ubigeo ORDER BY nullif(o.release, 'unknown') DESC NULLS LAST) = 1;
COMMENT ON VIEW official_latest IS 'One row a series, period and place, as the last release that speaks of it has it; a place that the maker''s last file on the period leaves out has none.';

CREATE OR REPLACE VIEW against_official AS
WITH known AS (
    SELECT (SELECT min(week) FROM weeks WHERE documents_read > 0) AS first_day, (SELECT max(published_on) FROM documents) AS last_day
), days AS (
    SELECT coalesce(date, first_reported_on) AS day, left(ubigeo, 2) || '0000' AS department, CASE WHEN place_precision = 'district' THEN ubigeo END AS district,
        list_contains(types, 'extortion') AS is_extortion, CASE WHEN list_contains(types, 'murder') THEN killed END AS killed
    FROM events WHERE status = 'happened' AND (list_contains(types, 'extortion') OR list_contains(types, 'murder'))
), placed AS (
    SELECT day, 'country' AS level, '000000' AS ubigeo, is_extortion, killed FROM days
    UNION ALL SELECT day, 'department', department, is_extortion, killed FROM days WHERE department IS NOT NULL
    UNION ALL SELECT day, 'district', district, is_extortion, killed FROM days WHERE district IS NOT NULL
), monthly AS (
    SELECT date_trunc('month', day)::DATE AS month, level, ubigeo, count(*) FILTER (is_extortion) AS extortion_events, coalesce(sum(killed), 0)::BIGINT AS murdered
    FROM placed WHERE day IS NOT NULL GROUP BY ALL
), covered AS (
    SELECT o.*, CASE WHEN k.first_day IS NULL THEN 0 ELSE greatest(0, least(o.period_to, k.last_day) - greatest(o.period_from, k.first_day) + 1) END AS days_read FROM official_latest o, known k
), ours AS (
    SELECT c.series, c.period_from, c.grain, c.level, c.ubigeo, sum(m.extortion_events)::BIGINT AS extortion_events, sum(m.murdered)::BIGINT AS murdered
    FROM covered c JOIN monthly m ON m.level = c.level AND m.ubigeo = c.ubigeo AND m.month BETWEEN c.period_from AND c.period_to
    WHERE c.days_read > 0 GROUP BY ALL
)
SELECT c.series, c.counted_by, c.metric, c.unit, c.grain, c.period_from, c.period_to, c.level, c.ubigeo, c.value AS official_value, c.is_partial, c.release,
    CASE WHEN starts_with(c.metric, 'extortion') THEN 'events of extortion' WHEN c.unit <> 'per_100k' THEN 'persons killed in murders' END AS our_measure,
    CASE WHEN c.days_read > 0 AND c.unit <> 'per_100k' THEN coalesce(CASE WHEN starts_with(c.metric, 'extortion') THEN o.extortion_events ELSE o.murdered END, 0) END AS our_value,
    round(c.days_read / (c.period_to - c.period_from + 1), 3) AS share_read, c.source_note
FROM covered c LEFT JOIN ours o USING (series, period_from, grain, level, ubigeo);
COMMENT ON VIEW against_official IS 'One row a series, period and place: what the office counted, and what the press told of the same place and time. The two count different things (complaints or death certificates against happenings told), so compare their course, never their height; never draw two series as one line.';
COMMENT ON COLUMN against_official.official_value IS 'The office''s count or rate.';
COMMENT ON COLUMN against_official.our_measure IS 'What our_value counts: events of extortion, or persons killed in murders, in this file''s own scope (extortion and its surroundings). NULL: nothing of ours compares with a rate.';
COMMENT ON COLUMN against_official.our_value IS 'Our count. NULL: nothing was read of that period, or nothing compares.';
COMMENT ON COLUMN against_official.share_read IS 'Share of the period''s days between the first week read and the last document, 0 to 1; below 1 our_value is of a part of the period.';
COMMENT ON COLUMN against_official.ubigeo IS 'INEI code of six digits; 000000 is the country.';
