-- From when to when each norm kept districts under emergency.
SELECT norm, min(first_day) AS first_day, max(last_day) AS last_day, list(DISTINCT department ORDER BY department) AS departments
FROM emergency_districts GROUP BY norm HAVING max(last_day) >= $first::DATE ORDER BY first_day, norm;
