-- The warehouse's tables. Grain, unit and the meaning of NULL stand in the comments, from which the dictionary is made.

CREATE TABLE sources (
    source_id   VARCHAR PRIMARY KEY,
    source_name VARCHAR NOT NULL,
    owner_name  VARCHAR,
    kind        VARCHAR NOT NULL,
    region      VARCHAR,
    language    VARCHAR NOT NULL,
    home_url    VARCHAR
);
COMMENT ON TABLE sources IS 'One row a source of the registry as of the last night.';
COMMENT ON COLUMN sources.owner_name IS 'Company or office behind the source; sources of one owner are one voice. NULL: unknown, each such source is its own voice.';
COMMENT ON COLUMN sources.home_url IS 'NULL: no site of its own is known.';
COMMENT ON COLUMN sources.region IS 'Department the source writes from. NULL: the whole country.';

CREATE TABLE labels (
    axis     VARCHAR NOT NULL,
    label    VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name_es  VARCHAR NOT NULL,
    name_en  VARCHAR NOT NULL,
    PRIMARY KEY (axis, label)
);
COMMENT ON TABLE labels IS 'The taxonomy: one row a sector or event type; position is the order in which a list names them.';

CREATE TABLE documents (
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
    minhash             BLOB NOT NULL,
    page_first          INTEGER,
    page_last           INTEGER,
    is_teaser           BOOLEAN NOT NULL,
    digest              VARCHAR,
    fetched_at          TIMESTAMPTZ NOT NULL,
    version             INTEGER NOT NULL,
    model               VARCHAR NOT NULL
);
COMMENT ON TABLE documents IS 'One row a page, or a part of a long report; the newest version read.';
COMMENT ON COLUMN documents.title_masked IS 'Title with private persons'' names, phones, plates and accounts masked; the only title that is published.';
COMMENT ON COLUMN documents.published_at IS 'Publication time (UTC). NULL: the page and the list that named it do not say; the fetch time is never used.';
COMMENT ON COLUMN documents.published_on IS 'Day of publication in Lima. NULL: unknown.';
COMMENT ON COLUMN documents.published_from IS 'Where the publication time was found: json-ld, meta, feed, sitemap, url, header, pdf or text. NULL: unknown.';
COMMENT ON COLUMN documents.published_precision IS 'instant, day, month or unknown.';
COMMENT ON COLUMN documents.version IS 'From 1; a changed text under the same address is a new version, not a new document.';
COMMENT ON COLUMN documents.model IS 'Name and version of the classifier that labelled this version.';

CREATE TABLE document_versions (
    document_id VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    text_hash   VARCHAR NOT NULL,
    digest      VARCHAR,
    fetched_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (document_id, version)
);
COMMENT ON TABLE document_versions IS 'One row a version of a document; the bytes of each lie in the archive under the digest.';

CREATE TABLE document_labels (
    document_id VARCHAR NOT NULL,
    axis        VARCHAR NOT NULL,
    label       VARCHAR NOT NULL,
    probability DOUBLE  NOT NULL,
    band        VARCHAR NOT NULL,
    PRIMARY KEY (document_id, axis, label)
);
COMMENT ON TABLE document_labels IS 'One row a label that a document carries (band yes) or nearly carries (band uncertain).';
COMMENT ON COLUMN document_labels.axis IS 'sector or event.';
COMMENT ON COLUMN document_labels.probability IS 'Calibrated, 0 to 1.';

CREATE TABLE mentions (
    mention_id      VARCHAR PRIMARY KEY,
    document_id     VARCHAR NOT NULL,
    type            VARCHAR NOT NULL,
    happening       INTEGER NOT NULL,
    status          VARCHAR NOT NULL,
    date            DATE,
    date_precision  VARCHAR NOT NULL,
    ubigeo          VARCHAR,
    department      VARCHAR,
    province        VARCHAR,
    district        VARCHAR,
    place_precision VARCHAR NOT NULL,
    killed          INTEGER,
    killed_low      INTEGER,
    killed_high     INTEGER,
    wounded         INTEGER,
    amount_pen      DOUBLE,
    amount_stated   VARCHAR,
    currency        VARCHAR,
    period          VARCHAR,
    group_name      VARCHAR,
    norm            VARCHAR,
    evidence_field  VARCHAR NOT NULL,
    evidence_start  INTEGER NOT NULL,
    evidence_end    INTEGER NOT NULL,
    evidence        VARCHAR NOT NULL,
    evidence_masked VARCHAR NOT NULL
);
COMMENT ON TABLE mentions IS 'One row a happening as one document tells it, of one type.';
COMMENT ON COLUMN mentions.happening IS 'Number of the happening within the document; ties its types.';
COMMENT ON COLUMN mentions.status IS 'happened, planned, or recalled from the past (kept, never counted).';
COMMENT ON COLUMN mentions.date IS 'Day of the happening. NULL: text and publication date do not fix it.';
COMMENT ON COLUMN mentions.ubigeo IS 'INEI code of the finest place the text supports. NULL: unknown; never a capital by default.';
COMMENT ON COLUMN mentions.killed IS 'Persons killed in the happening, best reading. NULL: not said.';
COMMENT ON COLUMN mentions.amount_pen IS 'Sum demanded, in soles. NULL: none, or only a range or another currency.';
COMMENT ON COLUMN mentions.evidence_masked IS 'The sentence that says it, at most 300 characters, private persons masked.';

CREATE TABLE mention_sectors (
    mention_id VARCHAR NOT NULL,
    sector     VARCHAR NOT NULL,
    PRIMARY KEY (mention_id, sector)
);
COMMENT ON TABLE mention_sectors IS 'One row a sector of a mention; those of the mention, not of its document.';

CREATE TABLE mention_territories (
    mention_id VARCHAR NOT NULL,
    ubigeo     VARCHAR NOT NULL,
    coverage   VARCHAR NOT NULL,
    PRIMARY KEY (mention_id, ubigeo)
);
COMMENT ON TABLE mention_territories IS 'One row a place that a decree covers, whole or part.';

CREATE TABLE events (
    event_id          VARCHAR PRIMARY KEY,
    primary_type      VARCHAR NOT NULL,
    status            VARCHAR NOT NULL,
    date              DATE,
    date_precision    VARCHAR NOT NULL,
    first_reported_on DATE,
    last_reported_on  DATE,
    week              DATE,
    week_basis        VARCHAR NOT NULL,
    ubigeo            VARCHAR,
    department        VARCHAR,
    province          VARCHAR,
    district          VARCHAR,
    place_precision   VARCHAR NOT NULL,
    killed            INTEGER,
    wounded           INTEGER,
    amount_pen        DOUBLE,
    norm              VARCHAR,
    source_count      INTEGER NOT NULL,
    document_count    INTEGER NOT NULL,
    title             VARCHAR NOT NULL,
    evidence          VARCHAR NOT NULL,
    is_disputed       BOOLEAN NOT NULL
);
COMMENT ON TABLE events IS 'One row a happening, however many sources tell it.';
COMMENT ON COLUMN events.week IS 'Monday of the week of the event''s date, else of its first report; week_basis says which.';
COMMENT ON COLUMN events.week_basis IS 'date, report or none.';
COMMENT ON COLUMN events.source_count IS 'Independent voices: owners, not outlets; identical wire copies count once.';
COMMENT ON COLUMN events.title IS 'Masked title of the first report.';
COMMENT ON COLUMN events.is_disputed IS 'Whether reports differ on the number killed.';

CREATE TABLE event_types (
    event_id VARCHAR NOT NULL,
    type     VARCHAR NOT NULL,
    PRIMARY KEY (event_id, type)
);
COMMENT ON TABLE event_types IS 'One row a type of an event.';

CREATE TABLE event_sectors (
    event_id VARCHAR NOT NULL,
    sector   VARCHAR NOT NULL,
    PRIMARY KEY (event_id, sector)
);
COMMENT ON TABLE event_sectors IS 'One row a sector of an event.';

CREATE TABLE event_mentions (
    event_id   VARCHAR NOT NULL,
    mention_id VARCHAR PRIMARY KEY
);
COMMENT ON TABLE event_mentions IS 'One row a mention that counts: the event it belongs to.';

CREATE TABLE event_redirects (
    event_id    VARCHAR PRIMARY KEY,
    now_id      VARCHAR,
    redirected_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE event_redirects IS 'One row an id once published and no longer an event; now_id is the event it went into. NULL: retracted.';

CREATE TABLE event_changes (
    change_id  VARCHAR PRIMARY KEY,
    event_id   VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    change     VARCHAR NOT NULL,
    reason     VARCHAR NOT NULL,
    before     VARCHAR,
    after      VARCHAR
);
COMMENT ON TABLE event_changes IS 'The ledger: one row a change of an event after it was first published.';
COMMENT ON COLUMN event_changes.change IS 'merged, split, retracted, reclassified or recount.';
COMMENT ON COLUMN event_changes.reason IS 'report, review or model.';

CREATE TABLE runs (
    run_id      VARCHAR PRIMARY KEY,
    started_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    model       VARCHAR
);
COMMENT ON TABLE runs IS 'One row a night that loaded something or looked and found nothing.';

CREATE TABLE source_nights (
    run_id        VARCHAR NOT NULL,
    source_id     VARCHAR NOT NULL,
    requests      INTEGER NOT NULL,
    listed        INTEGER NOT NULL,
    new           INTEGER NOT NULL,
    failed        INTEGER NOT NULL,
    newest_item_at TIMESTAMPTZ,
    health        VARCHAR NOT NULL,
    reason        VARCHAR,
    PRIMARY KEY (run_id, source_id)
);
COMMENT ON TABLE source_nights IS 'One row a source a night: what it was asked for and what came.';
COMMENT ON COLUMN source_nights.health IS 'healthy, quiet (answers, but nothing new for longer than its pattern) or broken (errors).';

CREATE TABLE check_results (
    run_id   VARCHAR NOT NULL,
    name     VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    failures BIGINT  NOT NULL,
    PRIMARY KEY (run_id, name)
);
COMMENT ON TABLE check_results IS 'One row a data-quality rule a night; failures is the count of rows that break it.';

CREATE TABLE loaded_batches (
    batch     VARCHAR PRIMARY KEY,
    loaded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE loaded_batches IS 'One row a batch of readings that has been loaded; a batch is loaded once.';

CREATE TABLE dirty_events (
    event_id VARCHAR PRIMARY KEY
);
COMMENT ON TABLE dirty_events IS 'One row an event that lost a mention to a re-reading and waits to be consolidated anew.';
