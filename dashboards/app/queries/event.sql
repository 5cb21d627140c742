-- One event by its id.
SELECT * FROM timeline WHERE event_id = $event_id;
