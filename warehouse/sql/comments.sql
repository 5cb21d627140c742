-- Statements of warehouse/comments.py.

-- name: published_columns
SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'pub';

-- name: written_tables
SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() AND comment IS NOT NULL;

-- name: written_columns
SELECT table_name, column_name, comment FROM duckdb_columns() WHERE database_name = current_database() AND comment IS NOT NULL;

-- name: commented_columns
SELECT table_name, column_name, comment FROM duckdb_columns() WHERE database_name = 'pub' ORDER BY table_oid, column_index;

-- name: views_in_order
SELECT view_name, sql FROM duckdb_views() WHERE database_name = 'pub' AND NOT internal ORDER BY view_oid;
