-- Ids that were published once and stand for another event now, told from $first on.
SELECT r.event_id, r.now_id FROM event_now r JOIN events e ON e.event_id = r.now_id WHERE r.event_id <> r.now_id AND e.week >= $first::DATE ORDER BY 1;
