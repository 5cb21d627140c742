-- Who tells the events from $first on, the first report first, with the archived copy's digest.
SELECT s.event_id, s.source_name, coalesce(s.owner_name, s.source_id) AS voice, s.title, s.url, s.published_at, s.digest
FROM event_sources s JOIN events e USING (event_id) WHERE e.week >= $first::DATE
ORDER BY s.event_id, s.published_at NULLS LAST, s.source_name, s.document_id;
