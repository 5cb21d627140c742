-- Operational state: what is known of the way to pages. Times are ISO 8601 in UTC.

CREATE TABLE ways (              -- one row a feed, sitemap, listing or API address
    url            TEXT PRIMARY KEY,
    source_id      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    etag           TEXT,
    last_modified  TEXT,
    newest_item_at TEXT,         -- newest publication time any reading has named
    last_read_at   TEXT,         -- last time it came and parsed, "unchanged" counts
    last_state     TEXT,         -- read | unchanged | error
    last_reason    TEXT,         -- of an error; or what was odd about a list that could be read
    last_listed    TEXT,         -- JSON list of the canonical URLs it named last
    asked_run      TEXT,         -- the run that asked last
    last_items     INTEGER NOT NULL DEFAULT 0,
    reads          INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE frontier (          -- one row a canonical URL that any list has named
    canonical_url  TEXT PRIMARY KEY,
    source_id      TEXT NOT NULL,
    url            TEXT NOT NULL, -- the form to ask for
    way_url        TEXT,
    way            TEXT NOT NULL,
    title          TEXT,
    published_at   TEXT,
    updated_at     TEXT,         -- as lists say; a newer one sends a read page back to pending
    discovered_at  TEXT NOT NULL,
    state          TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'fetched', 'done')),
    attempts       INTEGER NOT NULL DEFAULT 0,
    outcome        TEXT,         -- last one
    reason         TEXT,
    document_ids   TEXT,         -- JSON list
    text_hash      TEXT,
    etag           TEXT,
    last_modified  TEXT,
    warc_file      TEXT,
    warc_offset    INTEGER,
    digest         TEXT,
    content_type   TEXT,
    final_url      TEXT,
    fetched_at     TEXT,
    fetched_run    TEXT
) STRICT;
CREATE INDEX frontier_by_state ON frontier (state, source_id);
CREATE INDEX frontier_by_hash ON frontier (text_hash) WHERE text_hash IS NOT NULL;

CREATE TABLE exchanges (         -- the fetch log: one row a request's end
    exchange_id  INTEGER PRIMARY KEY,
    run_id       TEXT NOT NULL,
    source_id    TEXT NOT NULL,
    url          TEXT NOT NULL,
    final_url    TEXT NOT NULL,
    way          TEXT NOT NULL,
    fetched_at   TEXT NOT NULL,
    status       INTEGER,
    content_type TEXT,
    body_bytes   INTEGER NOT NULL,
    digest       TEXT,
    warc_file    TEXT,
    warc_offset  INTEGER,
    error        TEXT
) STRICT;
CREATE INDEX exchanges_by_run ON exchanges (run_id, source_id);

CREATE TABLE outcomes (          -- what became of a URL in a run; each URL of a run once
    run_id        TEXT NOT NULL,
    canonical_url TEXT NOT NULL,
    source_id     TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    reason        TEXT,
    PRIMARY KEY (run_id, canonical_url)
) STRICT, WITHOUT ROWID;

CREATE TABLE refused (           -- addresses that lists named and that are not asked for; each counted once
    source_id TEXT NOT NULL,
    url       TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    run_id    TEXT NOT NULL,
    PRIMARY KEY (source_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (              -- a window that turned over between two readings
    way_url     TEXT NOT NULL,
    source_id   TEXT NOT NULL,
    run_id      TEXT NOT NULL,
    noticed_at  TEXT NOT NULL,
    newest_known TEXT,
    oldest_seen TEXT,
    PRIMARY KEY (way_url, noticed_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE logs (              -- children's logs and how far they have been taken in
    path  TEXT PRIMARY KEY,
    lines INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    run_id      TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('poll', 'nightly')),
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'resumed')),
    report      TEXT            -- JSON
) STRICT;
