-- Tombstones: pages that are never kept again.

CREATE TABLE forgotten (
    document_id  VARCHAR NOT NULL,
    forgotten_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE forgotten IS 'One row a page that was forgotten. Its id, made from its address, is all that is kept of it; no batch brings it back.';
COMMENT ON COLUMN forgotten.document_id IS 'The id the page had; its parts, if it is a report, bear it as their beginning.';
COMMENT ON COLUMN forgotten.forgotten_at IS 'When (UTC).';
