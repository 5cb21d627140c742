-- Large tables without key indexes, places with points, official series, rows counted a night; a comment on every column.
--
-- A key index over ten million rows costs six times the load and a gigabyte of memory, and DuckLake has none. What a key kept
-- out, loading keeps out (rows of a document are replaced whole, in one transaction) and the checks prove before each publish.

CREATE TABLE new_document_versions (
    document_id VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    text_hash   VARCHAR NOT NULL,
    digest      VARCHAR,
    fetched_at  TIMESTAMPTZ NOT NULL
);
INSERT INTO new_document_versions FROM document_versions;
DROP TABLE document_versions;
ALTER TABLE new_document_versions RENAME TO document_versions;

CREATE TABLE new_document_labels (
    document_id VARCHAR NOT NULL,
    axis        VARCHAR NOT NULL,
    label       VARCHAR NOT NULL,
    probability DOUBLE  NOT NULL,
    band        VARCHAR NOT NULL
);
INSERT INTO new_document_labels FROM document_labels;
DROP TABLE document_labels;
ALTER TABLE new_document_labels RENAME TO document_labels;

CREATE TABLE new_mentions (
    mention_id      VARCHAR NOT NULL,
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
INSERT INTO new_mentions FROM mentions;
DROP TABLE mentions;
ALTER TABLE new_mentions RENAME TO mentions;

CREATE TABLE new_mention_sectors (
    mention_id VARCHAR NOT NULL,
    sector     VARCHAR NOT NULL
);
INSERT INTO new_mention_sectors FROM mention_sectors;
DROP TABLE mention_sectors;
ALTER TABLE new_mention_sectors RENAME TO mention_sectors;

CREATE TABLE new_mention_territories (
    mention_id VARCHAR NOT NULL,
    ubigeo     VARCHAR NOT NULL,
    coverage   VARCHAR NOT NULL
);
INSERT INTO new_mention_territories FROM mention_territories;
DROP TABLE mention_territories;
ALTER TABLE new_mention_territories RENAME TO mention_territories;

CREATE TABLE new_events (
    event_id          VARCHAR NOT NULL,
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
INSERT INTO new_events FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;

CREATE TABLE new_event_types (
    event_id VARCHAR NOT NULL,
    type     VARCHAR NOT NULL
);
INSERT INTO new_event_types FROM event_types;
DROP TABLE event_types;
ALTER TABLE new_event_types RENAME TO event_types;

CREATE TABLE new_event_sectors (
    event_id VARCHAR NOT NULL,
    sector   VARCHAR NOT NULL
);
INSERT INTO new_event_sectors FROM event_sectors;
DROP TABLE event_sectors;
ALTER TABLE new_event_sectors RENAME TO event_sectors;

CREATE TABLE new_event_mentions (
    event_id   VARCHAR NOT NULL,
    mention_id VARCHAR NOT NULL
);
INSERT INTO new_event_mentions FROM event_mentions;
DROP TABLE event_mentions;
ALTER TABLE new_event_mentions RENAME TO event_mentions;

CREATE TABLE new_pending_documents (
    document_id VARCHAR NOT NULL
);
INSERT INTO new_pending_documents FROM pending_documents;
DROP TABLE pending_documents;
ALTER TABLE new_pending_documents RENAME TO pending_documents;

ALTER TABLE districts ADD COLUMN latitude DOUBLE;
ALTER TABLE districts ADD COLUMN longitude DOUBLE;
ALTER TABLE districts ADD COLUMN population INTEGER;
ALTER TABLE check_results ADD COLUMN description VARCHAR;
ALTER TABLE check_results ADD COLUMN examples VARCHAR[];

CREATE TABLE row_counts (
    run_id     VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    row_count  BIGINT  NOT NULL
);

CREATE TABLE official_series (
    series      VARCHAR NOT NULL,
    metric      VARCHAR NOT NULL,
    unit        VARCHAR NOT NULL,
    counted_by  VARCHAR NOT NULL,
    grain       VARCHAR NOT NULL,
    period_from DATE    NOT NULL,
    period_to   DATE    NOT NULL,
    level       VARCHAR NOT NULL,
    ubigeo      VARCHAR NOT NULL,
    value       DOUBLE  NOT NULL,
    release     VARCHAR NOT NULL,
    is_partial  BOOLEAN NOT NULL,
    source_note VARCHAR NOT NULL
);
COMMENT ON TABLE official_series IS 'One row a value that an office published: series, period, place and release. Makers count different things; never add or join two series into one line.';
COMMENT ON COLUMN official_series.series IS 'Maker and thing counted: sidpol_extortion_complaints.';
COMMENT ON COLUMN official_series.metric IS 'Thing counted: extortion_complaints, homicide_complaints, homicide_deaths, homicides or homicide_rate.';
COMMENT ON COLUMN official_series.unit IS 'Unit of value: complaints, deaths, homicides or per_100k (a year and 100,000 inhabitants).';
COMMENT ON COLUMN official_series.counted_by IS 'Office that counts.';
COMMENT ON COLUMN official_series.grain IS 'year or month.';
COMMENT ON COLUMN official_series.period_from IS 'First day of the period.';
COMMENT ON COLUMN official_series.period_to IS 'Last day of the period.';
COMMENT ON COLUMN official_series.level IS 'country, department or district. The same counts stand at several levels; choose one.';
COMMENT ON COLUMN official_series.ubigeo IS 'INEI code of six digits; 000000 is the country.';
COMMENT ON COLUMN official_series.value IS 'The count or rate as published. A row that is absent was not published: of police files it means none, of printed tables it means unknown.';
COMMENT ON COLUMN official_series.release IS 'Month of the publication the value is from, as 2025-12; unknown where nobody says. Later releases revise past periods.';
COMMENT ON COLUMN official_series.is_partial IS 'Whether the maker had not yet all of the period: the last month of a file, or a figure called preliminary.';
COMMENT ON COLUMN official_series.source_note IS 'File or page the value was taken from.';

COMMENT ON TABLE row_counts IS 'One row a table a night: how many rows it had when the checks ran.';
COMMENT ON COLUMN row_counts.run_id IS 'The night.';
COMMENT ON COLUMN row_counts.table_name IS 'The table.';
COMMENT ON COLUMN row_counts.row_count IS 'Its rows.';

COMMENT ON COLUMN schema_version.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_version.applied_at IS 'When it was applied (UTC).';

COMMENT ON COLUMN sources.source_id IS 'Short name of the source, the same everywhere.';
COMMENT ON COLUMN sources.source_name IS 'Name as readers know it.';
COMMENT ON COLUMN sources.kind IS 'national_news, regional_news, official, ngo, international and the like, as in the registry.';
COMMENT ON COLUMN sources.language IS 'ISO 639-1 code of the language it writes in.';

COMMENT ON COLUMN labels.axis IS 'sector or event.';
COMMENT ON COLUMN labels.label IS 'Name of the label, as every other table spells it.';
COMMENT ON COLUMN labels.position IS 'Order in which a list names them, from 1.';
COMMENT ON COLUMN labels.name_es IS 'Name in Spanish.';
COMMENT ON COLUMN labels.name_en IS 'Name in English.';

COMMENT ON COLUMN documents.document_id IS 'Hash of the canonical address (and of the part, in long reports): the same page keeps it for ever.';
COMMENT ON COLUMN documents.source_id IS 'Source that published it.';
COMMENT ON COLUMN documents.url IS 'Address as it was asked for.';
COMMENT ON COLUMN documents.canonical_url IS 'Address without tracking, mobile or AMP forms.';
COMMENT ON COLUMN documents.kind IS 'article, norm, bill or report.';
COMMENT ON COLUMN documents.title IS 'Title as the page gives it.';
COMMENT ON COLUMN documents.text IS 'Clean text as read.';
COMMENT ON COLUMN documents.language IS 'ISO 639-1 code. NULL: too short or too mixed to tell.';
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

COMMENT ON TABLE document_versions IS 'One row a version of a document; the bytes of each lie in the archive under the digest.';
COMMENT ON COLUMN document_versions.document_id IS 'The document.';
COMMENT ON COLUMN document_versions.version IS 'From 1.';
COMMENT ON COLUMN document_versions.text_hash IS 'SHA-256 of that version''s folded title and text.';
COMMENT ON COLUMN document_versions.digest IS 'Digest of its archived bytes. NULL: not archived.';
COMMENT ON COLUMN document_versions.fetched_at IS 'When it was fetched (UTC).';

COMMENT ON TABLE document_labels IS 'One row a label that a document carries (band yes) or nearly carries (band uncertain).';
COMMENT ON COLUMN document_labels.document_id IS 'The document.';
COMMENT ON COLUMN document_labels.axis IS 'sector or event.';
COMMENT ON COLUMN document_labels.label IS 'Sector or event type, as in labels.';
COMMENT ON COLUMN document_labels.probability IS 'Calibrated, 0 to 1.';
COMMENT ON COLUMN document_labels.band IS 'yes, or uncertain: close enough to the threshold to be looked at.';

COMMENT ON TABLE mentions IS 'One row a happening as one document tells it, of one type.';
COMMENT ON COLUMN mentions.mention_id IS 'Hash of document, type, happening and sentence: a re-reading that finds the same finds the same mention.';
COMMENT ON COLUMN mentions.document_id IS 'Document that tells it.';
COMMENT ON COLUMN mentions.type IS 'Event type, as in labels.';
COMMENT ON COLUMN mentions.happening IS 'Number of the happening within the document; ties its types.';
COMMENT ON COLUMN mentions.status IS 'happened, planned, or recalled from the past (kept, never counted).';
COMMENT ON COLUMN mentions.date IS 'Day of the happening; first day of the week or month where only that is told. NULL: text and publication date do not fix it.';
COMMENT ON COLUMN mentions.date_precision IS 'day, week, month or unknown.';
COMMENT ON COLUMN mentions.ubigeo IS 'INEI code of the finest place the text supports. NULL: unknown; never a capital by default.';
COMMENT ON COLUMN mentions.department IS 'Department of that place. NULL: unknown.';
COMMENT ON COLUMN mentions.province IS 'Province of that place. NULL: unknown, or the text names only the department.';
COMMENT ON COLUMN mentions.district IS 'District of that place. NULL: unknown, or the text names nothing so fine.';
COMMENT ON COLUMN mentions.place_precision IS 'district, province, department, country or unknown.';
COMMENT ON COLUMN mentions.killed IS 'Persons killed in the happening, best reading. NULL: not said.';
COMMENT ON COLUMN mentions.killed_low IS 'Fewest killed the text allows. NULL: not said.';
COMMENT ON COLUMN mentions.killed_high IS 'Most killed the text allows. NULL: not said.';
COMMENT ON COLUMN mentions.wounded IS 'Persons wounded and alive. NULL: not said.';
COMMENT ON COLUMN mentions.amount_pen IS 'Sum demanded, in soles. NULL: none, or only a range or another currency.';
COMMENT ON COLUMN mentions.amount_stated IS 'Sum demanded as the text writes it. NULL: none told.';
COMMENT ON COLUMN mentions.currency IS 'ISO 4217 code of that sum. NULL: no sum, or its currency is not said.';
COMMENT ON COLUMN mentions.period IS 'once, day, week, month or year for which the sum is demanded. NULL: not said.';
COMMENT ON COLUMN mentions.group_name IS 'Criminal group the text names. NULL: none.';
COMMENT ON COLUMN mentions.norm IS 'Number of the norm or bill it is about, in the one normal form. NULL: about none.';
COMMENT ON COLUMN mentions.evidence_field IS 'Where the sentence stands: title or text.';
COMMENT ON COLUMN mentions.evidence_start IS 'Its first character (Unicode code points from 0).';
COMMENT ON COLUMN mentions.evidence_end IS 'One past its last character.';
COMMENT ON COLUMN mentions.evidence IS 'The sentence that says it, as written.';
COMMENT ON COLUMN mentions.evidence_masked IS 'The sentence that says it, at most 300 characters, private persons masked.';

COMMENT ON TABLE mention_sectors IS 'One row a sector of a mention; those of the mention, not of its document.';
COMMENT ON COLUMN mention_sectors.mention_id IS 'The mention.';
COMMENT ON COLUMN mention_sectors.sector IS 'Sector hit, as in labels.';
COMMENT ON TABLE mention_territories IS 'One row a place that a decree covers, whole or part.';
COMMENT ON COLUMN mention_territories.mention_id IS 'The mention of the decree.';
COMMENT ON COLUMN mention_territories.ubigeo IS 'INEI code at the level the text names: a department ends in 0000, a province in 00.';
COMMENT ON COLUMN mention_territories.coverage IS 'whole, or part where only some of it is meant.';

COMMENT ON TABLE events IS 'One row a happening, however many sources tell it.';
COMMENT ON COLUMN events.event_id IS 'Never reused; an id that is no more resolves in event_now.';
COMMENT ON COLUMN events.primary_type IS 'Gravest of its types, by the fixed order of the taxonomy.';
COMMENT ON COLUMN events.status IS 'happened or planned.';
COMMENT ON COLUMN events.date IS 'Day of the happening; first day of the week or month where only that is told. NULL: no report fixes it.';
COMMENT ON COLUMN events.date_precision IS 'day, week, month or unknown.';
COMMENT ON COLUMN events.first_reported_on IS 'Day (Lima) of the first report. NULL: no report is dated.';
COMMENT ON COLUMN events.last_reported_on IS 'Day (Lima) of the last report. NULL: no report is dated.';
COMMENT ON COLUMN events.week IS 'Monday of the week of the event''s date, else of its first report; week_basis says which. NULL: neither is known.';
COMMENT ON COLUMN events.week_basis IS 'date, report or none.';
COMMENT ON COLUMN events.ubigeo IS 'INEI code of the finest place the reports support. NULL: unknown; never a capital by default.';
COMMENT ON COLUMN events.department IS 'Its department. NULL: unknown.';
COMMENT ON COLUMN events.province IS 'Its province. NULL: unknown.';
COMMENT ON COLUMN events.district IS 'Its district. NULL: unknown.';
COMMENT ON COLUMN events.place_precision IS 'district, province, department or unknown.';
COMMENT ON COLUMN events.killed IS 'Persons killed. NULL: no report says; 0: reports say none.';
COMMENT ON COLUMN events.wounded IS 'Persons wounded and alive. NULL: no report says.';
COMMENT ON COLUMN events.amount_pen IS 'Sum demanded, in soles. NULL: none told in soles.';
COMMENT ON COLUMN events.norm IS 'Norm or bill it is about. NULL: about none.';
COMMENT ON COLUMN events.source_count IS 'Independent voices: owners, not outlets; identical wire copies count once.';
COMMENT ON COLUMN events.document_count IS 'Documents that tell it.';
COMMENT ON COLUMN events.title IS 'Masked title of the first report.';
COMMENT ON COLUMN events.evidence IS 'Masked sentence of the first report that says it.';
COMMENT ON COLUMN events.is_disputed IS 'Whether reports differ on the number killed.';

COMMENT ON TABLE event_types IS 'One row a type of an event.';
COMMENT ON COLUMN event_types.event_id IS 'The event.';
COMMENT ON COLUMN event_types.type IS 'One of its types, as in labels.';
COMMENT ON TABLE event_sectors IS 'One row a sector of an event; an event of no sector has none.';
COMMENT ON COLUMN event_sectors.event_id IS 'The event.';
COMMENT ON COLUMN event_sectors.sector IS 'One of its sectors, as in labels.';
COMMENT ON TABLE event_mentions IS 'One row a mention that counts: the event it belongs to.';
COMMENT ON COLUMN event_mentions.event_id IS 'The event.';
COMMENT ON COLUMN event_mentions.mention_id IS 'The mention; it stands here once.';

COMMENT ON COLUMN event_redirects.event_id IS 'An id once published that is no longer an event.';
COMMENT ON COLUMN event_redirects.now_id IS 'Event it went into. NULL: retracted.';
COMMENT ON COLUMN event_redirects.redirected_at IS 'When (UTC).';

COMMENT ON COLUMN event_changes.change_id IS 'Hash of event, run and change.';
COMMENT ON COLUMN event_changes.event_id IS 'The event that changed; it may be no more.';
COMMENT ON COLUMN event_changes.changed_at IS 'When (UTC).';
COMMENT ON COLUMN event_changes.before IS 'Value before: number killed, primary type, or event id. NULL: not known before.';
COMMENT ON COLUMN event_changes.after IS 'Value after. NULL: not known, or retracted.';

COMMENT ON COLUMN runs.run_id IS 'Start of the night in UTC, kind and process: they sort by time.';
COMMENT ON COLUMN runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN runs.finished_at IS 'When it had loaded (UTC). NULL: it did not get so far.';
COMMENT ON COLUMN runs.model IS 'Classifier of that night. NULL: unknown.';

COMMENT ON COLUMN source_nights.run_id IS 'The night.';
COMMENT ON COLUMN source_nights.source_id IS 'The source.';
COMMENT ON COLUMN source_nights.requests IS 'Requests made to it.';
COMMENT ON COLUMN source_nights.listed IS 'Addresses its lists named.';
COMMENT ON COLUMN source_nights.new IS 'Pages new or changed.';
COMMENT ON COLUMN source_nights.failed IS 'Pages that could not be fetched or read.';
COMMENT ON COLUMN source_nights.newest_item_at IS 'Newest publication time its lists named (UTC). NULL: they give none.';
COMMENT ON COLUMN source_nights.reason IS 'Why it is quiet or broken, or what was odd. NULL: nothing.';

COMMENT ON COLUMN check_results.run_id IS 'The night.';
COMMENT ON COLUMN check_results.name IS 'Name of the rule.';
COMMENT ON COLUMN check_results.severity IS 'blocking (a broken one stops the publish) or warning.';
COMMENT ON COLUMN check_results.failures IS 'Rows that break it; 0: kept.';
COMMENT ON COLUMN check_results.description IS 'What must hold. NULL: recorded by an older program.';
COMMENT ON COLUMN check_results.examples IS 'Up to five of the rows that break it, by their keys. NULL: recorded by an older program.';

COMMENT ON COLUMN loaded_batches.batch IS 'Name of the batch.';
COMMENT ON COLUMN loaded_batches.loaded_at IS 'When (UTC).';
COMMENT ON COLUMN dirty_events.event_id IS 'The event.';
COMMENT ON TABLE pending_documents IS 'One row a document whose mentions were loaded or changed and wait to be linked.';
COMMENT ON COLUMN pending_documents.document_id IS 'The document; it may since have lost its mentions.';

COMMENT ON COLUMN districts.latitude IS 'Of its capital town, degrees north (south is negative). NULL: not known.';
COMMENT ON COLUMN districts.longitude IS 'Of its capital town, degrees east (west is negative). NULL: not known.';
COMMENT ON COLUMN districts.population IS 'Inhabitants, projection for 2025. NULL: not counted.';
