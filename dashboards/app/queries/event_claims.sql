-- Where the sources differ about an event: every value given, and the one that stands.
SELECT field, value, source_count, source_ids, is_chosen FROM event_claims WHERE event_id = $event_id AND is_disputed ORDER BY field, source_count DESC, value;
