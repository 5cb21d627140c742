-- Indexes of the published file: what a search asks of the twenty documents it found, among millions. They are made when all rows are in,
-- which takes a fraction of adding to them row by row.

-- name: documents
CREATE INDEX documents_by_id ON documents (document_id);

-- name: document_filters
CREATE INDEX document_filters_by_key ON document_filters (document_key);
