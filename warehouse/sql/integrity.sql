-- Statements of warehouse/integrity.py.

-- name: tables
SELECT format('"{}"', table_name) FROM duckdb_tables() WHERE NOT internal ORDER BY table_name;

-- name: read_all
SELECT bit_xor(hash(t)) FROM {table} t;
