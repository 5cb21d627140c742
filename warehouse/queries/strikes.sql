-- Strikes over extortion: held and announced, by whom and where.
-- $since day = 2024-01-01: first day
SELECT coalesce(date, first_reported_on) AS day, status, sectors, district, department, source_count, title, event_id
FROM timeline WHERE list_contains(types, 'strike') AND coalesce(date, first_reported_on) >= $since::DATE ORDER BY day DESC, event_id;
