-- Statements of warehouse/dictionary.py.

-- name: views
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name;

-- name: tables
SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name;

-- name: columns
SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index;

-- name: macros
SELECT function_name, parameters, comment FROM duckdb_functions() WHERE NOT internal ORDER BY function_name;
