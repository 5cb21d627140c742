-- The night behind the file: when it was, and with which model it read.
SELECT run_id, coalesce(finished_at, started_at) AS data_at, model FROM runs ORDER BY started_at DESC LIMIT 1;
