-- Tombstones: pages that are never asked for again. The id is made from the canonical address and does not tell it.

CREATE TABLE forgotten (
    document_id  TEXT PRIMARY KEY,
    forgotten_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
