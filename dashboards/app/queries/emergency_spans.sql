-- From when to when an emergency was in force, one row a norm, with the departments it covers.
SELECT norm, min(first_day) AS first_day, max(last_day) AS last_day, list(DISTINCT department ORDER BY department) AS departments, count(DISTINCT ubigeo) AS district_count
FROM emergency_districts WHERE $region::VARCHAR IS NULL OR starts_with(ubigeo, $region::VARCHAR)
GROUP BY norm ORDER BY first_day, norm;
