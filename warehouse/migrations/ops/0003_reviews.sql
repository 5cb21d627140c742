-- The review inbox: what persons say of labels and events, until the next night takes it into the warehouse. Times are ISO 8601 in UTC.

CREATE TABLE review_inbox (
    review_id   TEXT PRIMARY KEY,
    proposed_at TEXT NOT NULL,
    reviewer    TEXT NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('accept', 'add', 'remove', 'set', 'retract', 'merge', 'split')),
    document_id TEXT,            -- of a label; of a split: the page that tells something else
    axis        TEXT,            -- of a label: sector or event
    label       TEXT,
    event_id    TEXT,            -- NULL: it is of a label
    other_id    TEXT,            -- of a merge: the event that is the same
    field       TEXT,            -- of a set: which
    value       TEXT,            -- of a set: what; NULL: unknown
    note        TEXT,
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'refused')),
    reason      TEXT             -- of a refusal
) STRICT;
CREATE INDEX review_inbox_waiting ON review_inbox (proposed_at) WHERE state = 'waiting';
