-- Departments with districts under emergency on a day, and under which norms.
-- $day day = 2026-10-20: the day
SELECT department, count(DISTINCT ubigeo) AS districts, list(DISTINCT norm ORDER BY norm) AS norms, min(first_day) AS first_day, max(last_day) AS last_day
FROM emergencies_in_force($day::DATE) GROUP BY department ORDER BY districts DESC, department;
