-- Districts under emergency on a day.
SELECT department, province, district, ubigeo, norm, coverage, first_day, last_day FROM emergencies_in_force($day::DATE)
WHERE $region::VARCHAR IS NULL OR starts_with(ubigeo, $region::VARCHAR) ORDER BY department, province, district, norm;
