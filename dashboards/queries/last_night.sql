-- When the last night ended.
SELECT max(coalesce(finished_at, started_at)) AS data_at FROM runs;
