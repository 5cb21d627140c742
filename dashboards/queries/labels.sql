-- Names of sectors and event types.
SELECT axis, label, name_es, name_en FROM labels ORDER BY position;
