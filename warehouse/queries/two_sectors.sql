-- Sectors that are hit in the same happening.
SELECT a.sector AS one, b.sector AS other, count(*) AS event_count
FROM event_sectors a JOIN event_sectors b ON a.event_id = b.event_id AND a.sector < b.sector SEMI JOIN (FROM events WHERE status = 'happened') e ON e.event_id = a.event_id
GROUP BY ALL ORDER BY event_count DESC, one, other;
