-- Events in districts near a point, nearest first.
-- $lat number = -12.046: degrees north, negative in Peru
-- $lon number = -77.043: degrees east, negative in Peru
-- $km number = 15: kilometres
SELECT distance_km, coalesce(date, first_reported_on) AS day, district, types, sectors, killed, title, event_id
FROM near($lat::DOUBLE, $lon::DOUBLE, $km::DOUBLE) ORDER BY distance_km, day DESC NULLS LAST, event_id;
