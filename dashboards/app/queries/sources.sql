-- Sources as of the last night.
SELECT source_id, source_name, owner_name, health, reason, requests, listed, new, failed, newest_item_at, nights_28_days, healthy_nights_28_days,
    last_document_at, document_count
FROM source_health ORDER BY health = 'healthy', source_name;
