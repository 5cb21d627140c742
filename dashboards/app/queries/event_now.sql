-- What an id stands for now: an event, or nothing (NULL).
SELECT now_id FROM event_now WHERE event_id = $event_id;
