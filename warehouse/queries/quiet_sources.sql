-- Sources that are quiet or broken, and since when nothing came of them.
SELECT source_id, source_name, health, reason, healthy_nights_28_days, nights_28_days, last_document_at, document_count
FROM source_health WHERE health <> 'healthy' ORDER BY health, last_document_at NULLS FIRST;
