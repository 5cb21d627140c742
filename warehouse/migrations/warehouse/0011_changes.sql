-- What journal and search index have not taken in yet, noted by whoever changes it: a night asks what changed and compares nothing with all
-- that ever was. The copy of all tellings as the journal last said them goes.

CREATE TABLE unjournalled_tellings (
    document_id VARCHAR NOT NULL,
    happening   INTEGER NOT NULL,
    event_id    VARCHAR
);
COMMENT ON TABLE unjournalled_tellings IS 'One row a telling whose event the journal does not say yet.';
COMMENT ON COLUMN unjournalled_tellings.document_id IS 'As in tellings.';
COMMENT ON COLUMN unjournalled_tellings.happening IS 'As in tellings.';
COMMENT ON COLUMN unjournalled_tellings.event_id IS 'Event it belongs to now. NULL: the document no longer tells it.';
INSERT INTO unjournalled_tellings
SELECT document_id, happening, t.event_id FROM tellings t FULL JOIN journalled_tellings j USING (document_id, happening) WHERE t.event_id IS DISTINCT FROM j.event_id;
DROP TABLE journalled_tellings;

CREATE TABLE unindexed_documents (
    document_id VARCHAR NOT NULL,
    touched_at  TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE unindexed_documents IS 'One row a document and a time it was loaded or taken out since the search index was last brought up to this warehouse.';
COMMENT ON COLUMN unindexed_documents.document_id IS 'The document; it may be no more.';
COMMENT ON COLUMN unindexed_documents.touched_at IS 'When (UTC).';

CREATE TABLE index_marks (
    mark VARCHAR NOT NULL
);
COMMENT ON TABLE index_marks IS 'One row, or none: the search index that holds all of this warehouse but what is in unindexed_documents.';
COMMENT ON COLUMN index_marks.mark IS 'Hash of the index''s own table of contents; with another index everything is compared.';
