-- On which days of the week a sector is attacked, of the events whose day is told.
-- $sector text = transport: sector, as in labels
SELECT isodow(date) AS weekday, dayname(date) AS day_name, count(*) AS event_count, count(*) FILTER (list_contains(types, 'murder')) AS murders
FROM timeline WHERE list_contains(sectors, $sector::VARCHAR) AND date_precision = 'day' AND status = 'happened' AND list_has_any(types, ['murder', 'attack', 'arson', 'kidnapping'])
GROUP BY ALL ORDER BY weekday;
