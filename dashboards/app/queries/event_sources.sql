-- Who tells an event, with the sentence that says it and the archived copy.
SELECT s.source_name, s.owner_name, s.title, s.url, s.published_at, d.digest, d.fetched_at,
    (SELECT list(DISTINCT m.evidence ORDER BY m.evidence) FROM event_mentions l JOIN mentions m USING (mention_id)
        WHERE l.event_id = s.event_id AND m.document_id = s.document_id AND m.evidence IS NOT NULL) AS sentences
FROM event_sources s JOIN documents d USING (document_id) WHERE s.event_id = $event_id ORDER BY s.published_at NULLS LAST, s.source_name;
