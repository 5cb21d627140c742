-- Mail: what is to be sent, to whom, and what came of it. Times are ISO 8601 in UTC. Addresses stay in this file and the journal.

CREATE TABLE editions (          -- one row a mail's content for one group and period; once queued it never changes
    edition_id  TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('digest', 'alert', 'notice')),
    group_id    TEXT NOT NULL,   -- 'operator' for notices
    period      TEXT NOT NULL,   -- 2025-W43 of a digest, 2025-10-20 of an alert or notice
    made_at     TEXT NOT NULL,   -- the Date of every copy
    data_at     TEXT,            -- end of the night it tells of; NULL: tells of none
    content     TEXT NOT NULL,   -- JSON: subject, html, text, images, attachments
    UNIQUE (kind, group_id, period)
) STRICT;

CREATE TABLE outbox (            -- one row an edition and a recipient
    message_key     TEXT PRIMARY KEY,
    edition_id      TEXT NOT NULL REFERENCES editions (edition_id),
    recipient       TEXT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'refused', 'suppressed', 'expired')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TEXT NOT NULL,
    ended_at        TEXT,        -- NULL: still pending
    reply           TEXT,        -- the server's last word
    UNIQUE (edition_id, recipient)
) STRICT;
CREATE INDEX outbox_pending ON outbox (next_attempt_at) WHERE state = 'pending';

CREATE TABLE suppressions (      -- one row an address that wants, or takes, no more mail of a group
    address  TEXT NOT NULL,      -- folded to lower case
    group_id TEXT NOT NULL,      -- '*': of any group
    reason   TEXT NOT NULL CHECK (reason IN ('unsubscribed', 'bounced', 'operator')),
    since    TEXT NOT NULL,
    PRIMARY KEY (address, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bounces (           -- one row a failure to deliver that came back, at once or later
    bounce_id   TEXT PRIMARY KEY, -- of the report that says it, so that reading it twice counts once
    message_key TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    received_at TEXT NOT NULL,
    status      TEXT NOT NULL,   -- RFC 3463, as 5.1.1
    diagnostic  TEXT
) STRICT;

CREATE TABLE alerts_told (       -- one row a reason for an alert that a group has been told of
    group_id  TEXT NOT NULL,
    alert_key TEXT NOT NULL,
    told_on   TEXT NOT NULL,
    PRIMARY KEY (group_id, alert_key)
) STRICT, WITHOUT ROWID;
