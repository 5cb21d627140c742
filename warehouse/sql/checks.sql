-- Data-quality rules: each counts the rows that break it. The word after the name is its severity.

-- name: events_without_mentions__blocking
SELECT count(*) FROM events WHERE event_id NOT IN (SELECT event_id FROM event_mentions);

-- name: mentions_without_document__blocking
SELECT count(*) FROM mentions WHERE document_id NOT IN (SELECT document_id FROM documents);

-- name: links_to_missing_events__blocking
SELECT count(*) FROM event_mentions WHERE event_id NOT IN (SELECT event_id FROM events);

-- name: documents_of_unknown_sources__blocking
SELECT count(*) FROM documents WHERE source_id NOT IN (SELECT source_id FROM sources);

-- name: documents_from_the_future__warning
SELECT count(*) FROM documents WHERE published_at > fetched_at + INTERVAL 2 DAY;

-- name: reused_event_ids__blocking
SELECT count(*) FROM events WHERE event_id IN (SELECT event_id FROM event_redirects);

-- name: more_dead_than_told__blocking
SELECT count(*) FROM events e WHERE e.killed > (SELECT max(m.killed) FROM event_mentions l JOIN mentions m USING (mention_id) WHERE l.event_id = e.event_id);

-- name: counted_mentions_unlinked__blocking
SELECT count(*) FROM mentions WHERE status <> 'recalled' AND mention_id NOT IN (SELECT mention_id FROM event_mentions);

-- name: same_canonical_url_twice__blocking
SELECT count(*) FROM (SELECT canonical_url, page_first, kind FROM documents WHERE page_first IS NULL AND kind <> 'bill' GROUP BY ALL HAVING count(*) > 1);

-- name: documents_without_date__warning
SELECT count(*) FROM documents WHERE published_on IS NULL;

-- name: evidence_over_300_characters__warning
SELECT count(*) FROM mentions WHERE length(evidence_masked) > 300;

-- name: events_far_before_their_reports__warning
SELECT count(*) FROM events WHERE status = 'happened' AND date < first_reported_on - INTERVAL 60 DAY;

-- name: murders_without_dead__warning
SELECT count(*) FROM events WHERE primary_type = 'murder' AND killed = 0;
