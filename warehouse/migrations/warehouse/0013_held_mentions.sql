-- Mentions that wait for a person's word: of a type that its document only nearly carries, or that a person took from it.

CREATE TABLE held_mentions (
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
    evidence_masked VARCHAR NOT NULL,
    sectors         VARCHAR[] NOT NULL,
    territory       STRUCT(ubigeo VARCHAR, coverage VARCHAR)[] NOT NULL
);
COMMENT ON TABLE held_mentions IS 'One row a mention that counts nowhere until a person gives its document the label of its type: the label is only nearly given, or a person took it away. Never published.';
COMMENT ON COLUMN held_mentions.mention_id IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.document_id IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.type IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.happening IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.status IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.date IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.date_precision IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.ubigeo IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.department IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.province IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.district IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.place_precision IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.killed IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.killed_low IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.killed_high IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.wounded IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.amount_pen IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.amount_stated IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.currency IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.period IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.group_name IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.norm IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.evidence_field IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.evidence_start IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.evidence_end IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.evidence IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.evidence_masked IS 'As in mentions.';
COMMENT ON COLUMN held_mentions.sectors IS 'Sectors hit, as mention_sectors would have them.';
COMMENT ON COLUMN held_mentions.territory IS 'Places that a decree covers, as mention_territories would have them.';
