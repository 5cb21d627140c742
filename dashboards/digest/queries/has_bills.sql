-- Whether the file was published by a version that reads the bill list.
SELECT count(*) = 2 AS is_there FROM duckdb_tables() WHERE table_name IN ('bills', 'bill_steps');
