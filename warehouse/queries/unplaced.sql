-- How much is unknown: events without day, place or sector, by type.
SELECT type, count(*) AS event_count, count(*) FILTER (date IS NULL) AS without_day, count(*) FILTER (ubigeo IS NULL) AS without_place,
    count(*) FILTER (ubigeo IS NOT NULL AND place_precision <> 'district') AS without_district, count(*) FILTER (len(sectors) = 0) AS without_sector, count(*) FILTER (source_count = 1) AS of_one_voice
FROM timeline, unnest(types) t(type) WHERE status = 'happened' GROUP BY 1 ORDER BY event_count DESC, type;
