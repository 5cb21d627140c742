-- What the police, prosecutors and the death register count, beside what the press tells; one series a line, never two added.
-- $level text = country: country, department or district
SELECT series, counted_by, grain, period_from, ubigeo, official_value, is_partial, our_measure, our_value, share_read, release
FROM against_official WHERE level = $level::VARCHAR ORDER BY series, grain, ubigeo, period_from;
