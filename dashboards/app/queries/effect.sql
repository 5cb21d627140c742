-- Events a week before, during and after each emergency, with the names of its territory.
WITH placed AS (
    SELECT norms, phase, list(DISTINCT department ORDER BY department) AS departments
    FROM (SELECT norms, phase, unnest(territory) AS code FROM emergency_effect) e JOIN districts d ON starts_with(d.ubigeo, place_stem(e.code)) GROUP BY ALL
)
SELECT e.norms, p.departments, e.phase, e.from_day, e.until_day, e.weeks, e.event_count, e.killed, e.events_per_week, e.documents_per_week
FROM emergency_effect e JOIN placed p USING (norms, phase) ORDER BY e.norms, e.from_day;
