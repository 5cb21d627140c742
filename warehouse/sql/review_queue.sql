-- Statements of warehouse/reviews/queue.py, asked of the published file.

-- name: queue
SELECT kind, why, weight, document_id, event_id, axis, label, probability, review_id, title, url
FROM review_queue ORDER BY weight DESC, event_id, document_id, axis, label LIMIT $most::BIGINT;
