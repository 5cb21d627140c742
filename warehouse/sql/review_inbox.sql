-- Statements of warehouse/reviews/inbox.py, for SQLite; and of its look at the published file, for DuckDB.

-- name: insert
INSERT INTO review_inbox (review_id, proposed_at, reviewer, verdict, document_id, axis, label, event_id, other_id, field, value, note)
VALUES (:review_id, :proposed_at, :reviewer, :verdict, :document_id, :axis, :label, :event_id, :other_id, :field, :value, :note);

-- name: waiting
SELECT review_id, proposed_at, reviewer, verdict, document_id, axis, label, event_id, other_id, field, value, note
FROM review_inbox WHERE state = 'waiting' ORDER BY proposed_at, review_id;

-- name: settle
UPDATE review_inbox SET state = :state, reason = :reason WHERE review_id = :review_id;

-- name: known_document
SELECT count(*) FROM documents WHERE document_id = $id;

-- name: known_label
SELECT count(*) FROM labels WHERE axis = $axis AND label = $label;

-- name: known_event
SELECT count(*) FROM event_now WHERE event_id = $id AND NOT is_retracted;

-- name: tells
SELECT count(*) FROM event_documents WHERE document_id = $document_id AND event_id IN (SELECT now_id FROM event_now WHERE event_id = $event_id);

-- name: known_place
SELECT count(*) FROM districts WHERE ubigeo = $ubigeo OR left(ubigeo, 4) || '00' = $ubigeo OR left(ubigeo, 2) || '0000' = $ubigeo;
