-- What sources say differently of the events from $first on: a row a value, the one that stands first.
SELECT c.event_id, c.field, c.value, c.source_count, c.is_chosen FROM event_claims c JOIN events e USING (event_id)
WHERE e.week >= $first::DATE AND c.is_disputed AND c.field IN ('killed', 'wounded', 'date', 'amount_pen')
ORDER BY c.event_id, c.field, c.is_chosen DESC, c.source_count DESC, c.value;
