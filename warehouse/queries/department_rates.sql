-- Events of a type for each 100,000 inhabitants, by department; the unplaced ones in a row of their own.
-- $type text = extortion: event type, as in labels
WITH counted AS (
    SELECT coalesce(department, 'unknown') AS department, count(*) AS event_count FROM timeline
    WHERE list_contains(types, $type::VARCHAR) AND status = 'happened' GROUP BY 1
)
SELECT department, d.population, c.event_count, round(c.event_count * 100000.0 / d.population, 3) AS per_100k
FROM counted c JOIN departments d USING (department) ORDER BY per_100k DESC NULLS LAST, department;
