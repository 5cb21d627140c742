-- Who tells the events: one row an event and a voice (owner), with its first report and how many more it has.
SELECT event_id, coalesce(owner_name, source_id) AS voice, arg_min(source_name, coalesce(published_at, TIMESTAMPTZ '9999-01-01 00:00:00+00')) AS source_name,
    arg_min(url, coalesce(published_at, TIMESTAMPTZ '9999-01-01 00:00:00+00')) AS url, count(*) AS documents, min(published_at) AS first_at
FROM event_sources WHERE event_id IN (SELECT unnest($ids::VARCHAR[]))
GROUP BY 1, 2 ORDER BY event_id, first_at NULLS LAST, voice;
