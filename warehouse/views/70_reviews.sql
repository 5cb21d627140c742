-- What persons have judged, and what deserves a look.

COMMENT ON TABLE review_orphans IS 'One row a judgement that does not count any more, for its page no longer says what was judged; columns as in reviews.';
COMMENT ON COLUMN review_orphans.review_id IS 'The judgement.';
COMMENT ON COLUMN review_orphans.document_id IS 'Document of the label, or one that a split took out. NULL: it is of an event as a whole.';
COMMENT ON COLUMN review_orphans.event_id IS 'The event as it was called then. NULL: it is of a label.';
COMMENT ON COLUMN review_orphans.axis IS 'sector or event. NULL: it is of an event.';
COMMENT ON COLUMN review_orphans.label IS 'The label. NULL: it is of an event.';
COMMENT ON COLUMN review_orphans.verdict IS 'As in reviews.';
COMMENT ON COLUMN review_orphans.field IS 'As in reviews. NULL: no field is set.';
COMMENT ON COLUMN review_orphans.value IS 'As in reviews. NULL: unknown, or no field is set.';

CREATE OR REPLACE VIEW review_queue AS
WITH judged AS (
    SELECT DISTINCT document_id, axis, label FROM reviews SEMI JOIN documents USING (document_id, text_hash) WHERE label IS NOT NULL
), looked_at AS (
    SELECT n.now_id AS event_id, max(r.reviewed_at) AS reviewed_at FROM reviews r JOIN event_now n USING (event_id) GROUP BY 1
), doubts AS (
    SELECT e.event_id, unnest([
        {why: 'sources differ on the dead', weight: CASE WHEN e.is_disputed THEN 2 + least(coalesce(e.killed, 0), 10) / 10 END},
        {why: 'three dead or more by one voice', weight: CASE WHEN e.killed >= 3 AND e.source_count = 1 THEN 2 + least(e.killed, 10) / 10 END},
        {why: 'a murder without a day', weight: CASE WHEN e.primary_type = 'murder' AND e.date IS NULL THEN 1.2 END},
        {why: 'a murder without a district', weight: CASE WHEN e.primary_type = 'murder' AND e.district IS NULL THEN 1.1 END},
        {why: 'a very large sum', weight: CASE WHEN e.amount_pen >= 1000000 THEN 1.5 END}
    ], recursive := true)
    FROM events e LEFT JOIN looked_at l USING (event_id)
    WHERE e.status = 'happened' AND (l.reviewed_at IS NULL OR l.reviewed_at < (SELECT max(said_at) FROM event_versions v WHERE v.event_id = e.event_id
        AND v.said_at > l.reviewed_at + INTERVAL 2 DAY))
)
SELECT 'label' AS kind, CASE band WHEN 'uncertain' THEN 'nearly given' ELSE 'barely given' END AS why, 1 - abs(probability - 0.5) AS weight,
    l.document_id, NULL AS event_id, l.axis, l.label, l.probability, NULL AS review_id, d.title, d.url
FROM document_labels l JOIN documents d USING (document_id)
WHERE (band = 'uncertain' OR probability < 0.6) AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.document_id = l.document_id AND j.axis = l.axis AND j.label = l.label)
UNION ALL
SELECT 'event', why, weight, d.document_id, event_id, NULL, NULL, NULL, NULL, e.title, d.url
FROM doubts JOIN events e USING (event_id)
    LEFT JOIN (SELECT event_id, min(document_id) AS document_id FROM event_documents GROUP BY 1) f USING (event_id) LEFT JOIN documents d USING (document_id)
WHERE weight IS NOT NULL
UNION ALL
SELECT 'orphan', 'the page no longer says what was judged', 3, o.document_id, o.event_id, o.axis, o.label, NULL, o.review_id, d.title, d.url
FROM review_orphans o LEFT JOIN documents d USING (document_id);
COMMENT ON VIEW review_queue IS 'One row a reason why a person should look at a label or an event, the weightiest first; a judgement that lost what it was of stands on top.';
COMMENT ON COLUMN review_queue.kind IS 'label, event or orphan: a judgement whose page no longer says what was judged.';
COMMENT ON COLUMN review_queue.why IS 'What is doubtful.';
COMMENT ON COLUMN review_queue.weight IS 'What the queue is ordered by: below 1 doubt alone, above it what follows from a mistake; 3 an orphan.';
COMMENT ON COLUMN review_queue.document_id IS 'The document, or one that tells the event. NULL: it is gone.';
COMMENT ON COLUMN review_queue.event_id IS 'The event. NULL: it is of a label.';
COMMENT ON COLUMN review_queue.axis IS 'sector or event. NULL: it is of an event.';
COMMENT ON COLUMN review_queue.label IS 'The label. NULL: it is of an event.';
COMMENT ON COLUMN review_queue.probability IS 'Calibrated, 0 to 1. NULL: it is of an event.';
COMMENT ON COLUMN review_queue.review_id IS 'The judgement. NULL: none yet.';
COMMENT ON COLUMN review_queue.title IS 'Masked title. NULL: the page is gone.';
COMMENT ON COLUMN review_queue.url IS 'Address of the page. NULL: it is gone.';
