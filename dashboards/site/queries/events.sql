-- Events from $first on, with how often a demanded sum is asked for, and whether each is a deed (a law against extortion is paper, not a deed).
WITH paid AS (
    -- As most mentions with this sum say.
    SELECT l.event_id, m.amount_pen, mode(m.period) AS period FROM event_mentions l JOIN mentions m USING (mention_id)
    WHERE m.amount_pen IS NOT NULL AND m.period IS NOT NULL GROUP BY ALL
)
SELECT t.*, p.period,
    NOT (list_has_any(t.types, ['new_law', 'state_of_emergency', 'bill']) AND list_has_all(['new_law', 'state_of_emergency', 'bill', 'extortion'], t.types)) AS is_deed
FROM timeline t LEFT JOIN paid p ON p.event_id = t.event_id AND p.amount_pen = t.amount_pen
WHERE t.week >= $first::DATE
ORDER BY coalesce(t.date, t.first_reported_on) DESC, t.event_id;
