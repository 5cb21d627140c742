-- What became of an event's row, oldest first.
SELECT changed_at, change, reason, before, after FROM event_changes WHERE event_id = $event_id ORDER BY changed_at, change_id;
