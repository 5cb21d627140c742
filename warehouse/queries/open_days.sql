-- Days that are still open, and days that nobody read: where a low count means little.
SELECT day, is_open, documents_read, sources_read, share_labelled, nights, event_count
FROM completeness WHERE is_open OR documents_read = 0 ORDER BY day DESC;
