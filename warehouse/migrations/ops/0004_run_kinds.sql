-- Runs of any kind: backfills and re-readings end like nights do.

CREATE TABLE new_runs (
    run_id      TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'resumed')),
    report      TEXT            -- JSON
) STRICT;
INSERT INTO new_runs SELECT run_id, kind, started_at, finished_at, state, report FROM runs;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
