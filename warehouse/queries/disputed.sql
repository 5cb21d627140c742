-- Events of which sources give different numbers of dead: who says what, and what stands.
SELECT c.event_id, t.date, t.district, t.department, c.value AS killed, c.source_ids, c.is_chosen
FROM event_claims c JOIN timeline t USING (event_id) WHERE c.field = 'killed' AND c.is_disputed ORDER BY t.date DESC NULLS LAST, c.event_id, c.value;
