-- Sketches of texts (minhash) are written as they are: they are as good as random, and looking for a way to press them together cost a tenth
-- of a load and won no byte. A column's compression is said where its table is made, so documents are copied once.

CREATE TABLE new_documents (
    document_id         VARCHAR PRIMARY KEY,
    source_id           VARCHAR NOT NULL,
    url                 VARCHAR NOT NULL,
    canonical_url       VARCHAR NOT NULL,
    kind                VARCHAR NOT NULL,
    title               VARCHAR NOT NULL,
    title_masked        VARCHAR NOT NULL,
    text                VARCHAR NOT NULL,
    language            VARCHAR,
    published_at        TIMESTAMPTZ,
    published_on        DATE,
    published_from      VARCHAR,
    published_precision VARCHAR NOT NULL,
    updated_at          TIMESTAMPTZ,
    byline              VARCHAR,
    section             VARCHAR,
    text_hash           VARCHAR NOT NULL,
    minhash             BLOB NOT NULL USING COMPRESSION uncompressed,
    page_first          INTEGER,
    page_last           INTEGER,
    is_teaser           BOOLEAN NOT NULL,
    digest              VARCHAR,
    fetched_at          TIMESTAMPTZ NOT NULL,
    version             INTEGER NOT NULL,
    model               VARCHAR NOT NULL
);
INSERT INTO new_documents FROM documents;
DROP TABLE documents;
ALTER TABLE new_documents RENAME TO documents;

COMMENT ON TABLE documents IS 'One row a page, or a part of a long report; the newest version read.';
COMMENT ON COLUMN documents.document_id IS 'Hash of the canonical address (and of the part, in long reports): the same page keeps it for ever.';
COMMENT ON COLUMN documents.source_id IS 'Source that published it.';
COMMENT ON COLUMN documents.url IS 'Address as it was asked for.';
COMMENT ON COLUMN documents.canonical_url IS 'Address without tracking, mobile or AMP forms.';
COMMENT ON COLUMN documents.kind IS 'article, norm, bill or report.';
COMMENT ON COLUMN documents.title IS 'Title as the page gives it.';
COMMENT ON COLUMN documents.title_masked IS 'Title with private persons'' names, phones, plates and accounts masked; the only title that is published.';
COMMENT ON COLUMN documents.text IS 'Clean text as read.';
COMMENT ON COLUMN documents.language IS 'ISO 639-1 code. NULL: too short or too mixed to tell.';
COMMENT ON COLUMN documents.published_at IS 'Publication time (UTC). NULL: the page and the list that named it do not say; the fetch time is never used.';
COMMENT ON COLUMN documents.published_on IS 'Day of publication in Lima. NULL: unknown.';
COMMENT ON COLUMN documents.published_from IS 'Where the publication time was found: json-ld, meta, feed, sitemap, url, header, pdf or text. NULL: unknown.';
COMMENT ON COLUMN documents.published_precision IS 'instant, day, month or unknown.';
COMMENT ON COLUMN documents.updated_at IS 'When the page says it was last changed (UTC). NULL: it does not say.';
COMMENT ON COLUMN documents.byline IS 'Author as the page gives it. NULL: none.';
COMMENT ON COLUMN documents.section IS 'Section of the outlet. NULL: not said.';
COMMENT ON COLUMN documents.text_hash IS 'SHA-256 of the folded title and text.';
COMMENT ON COLUMN documents.minhash IS '64 little-endian 32-bit numbers over shingles of five words. Empty: too short.';
COMMENT ON COLUMN documents.page_first IS 'First page of the part, from 1. NULL: not a paged report.';
COMMENT ON COLUMN documents.page_last IS 'Last page of the part. NULL: not a paged report.';
COMMENT ON COLUMN documents.is_teaser IS 'Whether only the opening could be read (subscribers only).';
COMMENT ON COLUMN documents.digest IS 'Digest of the archived bytes it was read from. NULL: read by hand, not archived.';
COMMENT ON COLUMN documents.fetched_at IS 'When these bytes were fetched (UTC).';
COMMENT ON COLUMN documents.version IS 'From 1; a changed text under the same address is a new version, not a new document.';
COMMENT ON COLUMN documents.model IS 'Name and version of the classifier that labelled this version.';
