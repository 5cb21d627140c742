-- Districts where a type of event appears that was not seen there in the days before.
-- $type text = extortion: event type, as in labels
-- $days integer = 90: days without it
-- $window integer = 28: how recent the first one must be, in days before the last day known
WITH known AS (
    SELECT max(published_on) AS last_day, min(published_on) AS first_day FROM documents
), seen AS (
    SELECT ubigeo, department, province, district, coalesce(date, first_reported_on) AS day, event_id FROM timeline
    WHERE place_precision = 'district' AND status = 'happened' AND list_contains(types, $type::VARCHAR)
), gaps AS (
    SELECT *, lag(day) OVER (PARTITION BY ubigeo ORDER BY day, event_id) AS before FROM seen WHERE day IS NOT NULL
)
SELECT department, province, district, ubigeo, day, before AS last_time_before, event_id,
    day - $days::INTEGER >= first_day AS was_read_so_long
FROM gaps, known WHERE day > last_day - $window::INTEGER AND (before IS NULL OR day - before > $days::INTEGER)
ORDER BY day DESC, ubigeo;
