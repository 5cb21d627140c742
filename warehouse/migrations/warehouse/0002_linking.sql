-- What linking remembers between nights, what was said of an event and when, and norms with their territories.

CREATE TABLE tellings (
    document_id VARCHAR NOT NULL,
    happening   INTEGER NOT NULL,
    signature   VARCHAR NOT NULL,
    anchor      DATE,
    event_id    VARCHAR NOT NULL
);
COMMENT ON TABLE tellings IS 'One row a happening as one document tells it, all its types together, with the event it belongs to.';
COMMENT ON COLUMN tellings.document_id IS 'The document that tells it.';
COMMENT ON COLUMN tellings.happening IS 'Number of the happening within the document.';
COMMENT ON COLUMN tellings.signature IS 'Hash of all that linking knows of the telling; a re-reading that changes nothing leaves it as it was.';
COMMENT ON COLUMN tellings.anchor IS 'Day of the happening, else of the report. NULL: neither is known.';
COMMENT ON COLUMN tellings.event_id IS 'Event of which this is one telling.';

CREATE TABLE telling_keys (
    key         VARCHAR NOT NULL,
    anchor      DATE,
    document_id VARCHAR NOT NULL,
    happening   INTEGER NOT NULL
);
COMMENT ON TABLE telling_keys IS 'One row a key (rare word, place with day, norm) by which a telling is found, so that no night compares with the whole past.';
COMMENT ON COLUMN telling_keys.key IS 'The word, the place with its window of days, or the norm.';
COMMENT ON COLUMN telling_keys.anchor IS 'As in tellings.';
COMMENT ON COLUMN telling_keys.document_id IS 'As in tellings.';
COMMENT ON COLUMN telling_keys.happening IS 'As in tellings.';

CREATE TABLE telling_links (
    document_a  VARCHAR NOT NULL,
    happening_a INTEGER NOT NULL,
    document_b  VARCHAR NOT NULL,
    happening_b INTEGER NOT NULL,
    points      DOUBLE  NOT NULL
);
COMMENT ON TABLE telling_links IS 'One row a pair of tellings that, by themselves, are likely one happening.';
COMMENT ON COLUMN telling_links.document_a IS 'Document of the one telling.';
COMMENT ON COLUMN telling_links.happening_a IS 'Number of its happening.';
COMMENT ON COLUMN telling_links.document_b IS 'Document of the other telling.';
COMMENT ON COLUMN telling_links.happening_b IS 'Number of its happening.';
COMMENT ON COLUMN telling_links.points IS 'Points for one happening less points against, above 0.';

CREATE TABLE pending_documents (
    document_id VARCHAR PRIMARY KEY
);
COMMENT ON TABLE pending_documents IS 'One row a document whose mentions were loaded or changed and wait to be linked.';
COMMENT ON COLUMN pending_documents.document_id IS 'The document; it may since have lost its mentions.';
INSERT INTO pending_documents SELECT document_id FROM documents;

CREATE TABLE event_versions (
    event_id          VARCHAR NOT NULL,
    said_at           TIMESTAMPTZ NOT NULL,
    said_on           DATE NOT NULL,
    is_standing       BOOLEAN NOT NULL,
    primary_type      VARCHAR,
    types             VARCHAR[],
    sectors           VARCHAR[],
    status            VARCHAR,
    date              DATE,
    date_precision    VARCHAR,
    week              DATE,
    ubigeo            VARCHAR,
    department        VARCHAR,
    province          VARCHAR,
    district          VARCHAR,
    place_precision   VARCHAR,
    killed            INTEGER,
    wounded           INTEGER,
    amount_pen        DOUBLE,
    norm              VARCHAR,
    source_count      INTEGER,
    document_count    INTEGER,
    is_disputed       BOOLEAN
);
COMMENT ON TABLE event_versions IS 'One row an event each time what is said of it changed; events_as_of(day) reads it.';
COMMENT ON COLUMN event_versions.event_id IS 'The event, standing or not.';
COMMENT ON COLUMN event_versions.said_at IS 'When this came to be said (UTC).';
COMMENT ON COLUMN event_versions.said_on IS 'The same as a day in Lima.';
COMMENT ON COLUMN event_versions.is_standing IS 'Whether it stood as an event from then on; false when merged into another or retracted, all else is then NULL.';
COMMENT ON COLUMN event_versions.primary_type IS 'As in events, like all that follows. NULL: not standing.';
COMMENT ON COLUMN event_versions.types IS 'All its types, by alphabet.';
COMMENT ON COLUMN event_versions.sectors IS 'All its sectors, by alphabet.';
COMMENT ON COLUMN event_versions.status IS 'happened or planned.';
COMMENT ON COLUMN event_versions.date IS 'Day of the happening. NULL: unknown.';
COMMENT ON COLUMN event_versions.date_precision IS 'day, week, month or unknown.';
COMMENT ON COLUMN event_versions.week IS 'Monday of its week.';
COMMENT ON COLUMN event_versions.ubigeo IS 'INEI code of the finest place. NULL: unknown.';
COMMENT ON COLUMN event_versions.department IS 'Its department. NULL: unknown.';
COMMENT ON COLUMN event_versions.province IS 'Its province. NULL: unknown.';
COMMENT ON COLUMN event_versions.district IS 'Its district. NULL: unknown.';
COMMENT ON COLUMN event_versions.place_precision IS 'district, province, department or unknown.';
COMMENT ON COLUMN event_versions.killed IS 'Persons killed. NULL: not said.';
COMMENT ON COLUMN event_versions.wounded IS 'Persons wounded. NULL: not said.';
COMMENT ON COLUMN event_versions.amount_pen IS 'Sum demanded, in soles. NULL: none said.';
COMMENT ON COLUMN event_versions.norm IS 'Norm it is about. NULL: none.';
COMMENT ON COLUMN event_versions.source_count IS 'Independent voices then.';
COMMENT ON COLUMN event_versions.document_count IS 'Documents then.';
COMMENT ON COLUMN event_versions.is_disputed IS 'Whether reports differed on the number killed.';
INSERT INTO event_versions
SELECT event_id, now(), current_date, true, primary_type,
    (SELECT list(type ORDER BY type) FROM event_types t WHERE t.event_id = e.event_id),
    (SELECT list(sector ORDER BY sector) FROM event_sectors s WHERE s.event_id = e.event_id),
    status, date, date_precision, week, ubigeo, department, province, district, place_precision, killed, wounded, amount_pen, norm,
    source_count, document_count, is_disputed
FROM events e;

CREATE TABLE norms (
    norm_id      VARCHAR NOT NULL,
    document_id  VARCHAR NOT NULL,
    position     INTEGER NOT NULL,
    kind         VARCHAR NOT NULL,
    number       VARCHAR NOT NULL,
    issuer       VARCHAR,
    action       VARCHAR,
    subject      VARCHAR,
    signed_on    DATE,
    published_on DATE,
    starts_on    DATE,
    ends_on      DATE,
    days         INTEGER,
    earlier      VARCHAR[] NOT NULL
);
COMMENT ON TABLE norms IS 'One row a norm as one document reads it; two for a decree that does two things (extends here, declares there).';
COMMENT ON COLUMN norms.norm_id IS 'Document and position in it.';
COMMENT ON COLUMN norms.document_id IS 'Gazette page, or page of the press, that says it.';
COMMENT ON COLUMN norms.position IS 'Order in the document, from 0.';
COMMENT ON COLUMN norms.kind IS 'DS, Ley, DL, DU, RM, PL and the like.';
COMMENT ON COLUMN norms.number IS 'Number in the one normal form: DS 118-2026-PCM.';
COMMENT ON COLUMN norms.issuer IS 'Office that issues it. NULL: not said.';
COMMENT ON COLUMN norms.action IS 'What it does to a state of emergency: declares, extends, modifies or ends. NULL: it is about something else.';
COMMENT ON COLUMN norms.subject IS 'state_of_emergency. NULL: something else.';
COMMENT ON COLUMN norms.signed_on IS 'Day it was signed. NULL: not said.';
COMMENT ON COLUMN norms.published_on IS 'Day it stood in the gazette. NULL: this document does not fix it.';
COMMENT ON COLUMN norms.starts_on IS 'First day in force. NULL: not said.';
COMMENT ON COLUMN norms.ends_on IS 'Last day in force; of a norm that ends an emergency, the first day without it. NULL: not said.';
COMMENT ON COLUMN norms.days IS 'Calendar days it lasts. NULL: not said.';
COMMENT ON COLUMN norms.earlier IS 'Norms it extends, modifies or ends.';

CREATE TABLE norm_territories (
    norm_id  VARCHAR NOT NULL,
    ubigeo   VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL
);
COMMENT ON TABLE norm_territories IS 'One row a place that a norm names as its territory, at the level it is written; districts follow by the code''s beginning.';
COMMENT ON COLUMN norm_territories.norm_id IS 'As in norms.';
COMMENT ON COLUMN norm_territories.ubigeo IS 'INEI code: a department ends in 0000, a province in 00.';
COMMENT ON COLUMN norm_territories.coverage IS 'whole, or part where the norm says that only some of it is meant.';

CREATE TABLE districts (
    ubigeo     VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    province   VARCHAR NOT NULL,
    district   VARCHAR NOT NULL
);
COMMENT ON TABLE districts IS 'One row a district of Peru, so that what is in force where can be answered of each.';
COMMENT ON COLUMN districts.ubigeo IS 'INEI code of six digits.';
COMMENT ON COLUMN districts.department IS 'Its department.';
COMMENT ON COLUMN districts.province IS 'Its province.';
COMMENT ON COLUMN districts.district IS 'Its name.';
