-- What of this file the journal holds already, so that a night writes only what is new.

CREATE TABLE journal_marks (
    name      VARCHAR NOT NULL,
    marked_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE journal_marks IS 'One row a file of the journal that is written by time: up to when it holds what this file holds.';
COMMENT ON COLUMN journal_marks.name IS 'The file''s name without its ending.';
COMMENT ON COLUMN journal_marks.marked_at IS 'Time of the newest row written (UTC).';

CREATE TABLE journalled_tellings (
    document_id VARCHAR NOT NULL,
    happening   INTEGER NOT NULL,
    event_id    VARCHAR NOT NULL
);
COMMENT ON TABLE journalled_tellings IS 'One row a telling and its event as the journal last said; columns as in tellings.';
COMMENT ON COLUMN journalled_tellings.document_id IS 'As in tellings.';
COMMENT ON COLUMN journalled_tellings.happening IS 'As in tellings.';
COMMENT ON COLUMN journalled_tellings.event_id IS 'As in tellings.';
