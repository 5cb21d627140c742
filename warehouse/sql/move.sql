-- Statements of warehouse/move.py: ``src`` and ``dst`` are the two homes.

-- name: tables
SELECT table_name FROM duckdb_tables() WHERE database_name = 'src' AND schema_name = 'main' AND table_name <> 'schema_version' ORDER BY 1;

-- name: is_used
SELECT (SELECT count(*) FROM dst.documents) + (SELECT count(*) FROM dst.runs) + (SELECT count(*) FROM dst.loaded_batches) > 0;

-- name: clear
DELETE FROM dst.{table};

-- name: copy
INSERT INTO dst.{table} BY NAME SELECT * FROM src.{table};

-- name: sum_up
SELECT count(*), coalesce(sum(hash(t)), 0)::VARCHAR FROM {home}.{table} AS t;
