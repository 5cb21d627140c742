-- What was changed of late about events once published, and why.
-- $days integer = 28: days back from the newest change
SELECT c.changed_at, c.event_id, n.now_id, c.change, c.reason, c.before, c.after
FROM event_changes c LEFT JOIN event_now n USING (event_id)
WHERE c.changed_at >= (SELECT max(changed_at) FROM event_changes) - to_days($days::INTEGER) ORDER BY c.changed_at DESC, c.event_id;
