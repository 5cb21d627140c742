-- Statements of warehouse/exporting. {name} is a table or view of the published file.

-- name: about
SELECT key, value FROM about;

-- name: edition
SELECT value FROM about WHERE key = 'edition';

-- name: tables
SELECT table_name FROM duckdb_tables() WHERE NOT internal;

-- name: fields
SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? AND NOT internal ORDER BY column_index;

-- name: rows
SELECT * FROM {name};

-- name: parquet
COPY (SELECT * FROM {name}) TO '{target}.parquet' (FORMAT parquet, COMPRESSION zstd);

-- name: parquet_parted
COPY (SELECT *, {value} AS {column} FROM {name}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({column}));

-- name: points
SELECT t.event_id, t.primary_type, t.types, t.sectors, t.status, t.date, t.date_precision, t.first_reported_on, t.week, t.week_basis, t.ubigeo, t.department,
    t.province, t.district, t.place_precision, t.killed, t.wounded, t.amount_pen, t.norm, t.source_count, t.title, t.permalink, d.latitude, d.longitude
FROM timeline t LEFT JOIN districts d ON d.ubigeo = t.ubigeo AND t.place_precision = 'district'
ORDER BY t.week, t.event_id;
