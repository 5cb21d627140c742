-- What persons have said of labels and events. Rows are only ever added; the newest on a thing is the one that counts.

CREATE TABLE reviews (
    review_id   VARCHAR NOT NULL,
    reviewed_at TIMESTAMPTZ NOT NULL,
    reviewer    VARCHAR NOT NULL,
    verdict     VARCHAR NOT NULL,
    document_id VARCHAR,
    axis        VARCHAR,
    label       VARCHAR,
    text_hash   VARCHAR,
    event_id    VARCHAR,
    other_id    VARCHAR,
    field       VARCHAR,
    value       VARCHAR,
    note        VARCHAR
);
COMMENT ON TABLE reviews IS 'One row a judgement of a person on a label of a document or on an event; the newest on the same thing counts and wins over the model.';
COMMENT ON COLUMN reviews.review_id IS 'Its id.';
COMMENT ON COLUMN reviews.reviewed_at IS 'When the person gave it (UTC).';
COMMENT ON COLUMN reviews.reviewer IS 'Who gave it; not published.';
COMMENT ON COLUMN reviews.verdict IS 'accept, add or remove a label; accept, set (a field), retract, merge or split an event.';
COMMENT ON COLUMN reviews.document_id IS 'Document of the label, or the one that a split takes out of its event. NULL: it is of an event as a whole.';
COMMENT ON COLUMN reviews.axis IS 'sector or event. NULL: it is of an event.';
COMMENT ON COLUMN reviews.label IS 'The label. NULL: it is of an event.';
COMMENT ON COLUMN reviews.text_hash IS 'Of the text that was judged; with another text the judgement does not count and is asked for anew. NULL: it is of an event.';
COMMENT ON COLUMN reviews.event_id IS 'The event as it was called then. NULL: it is of a label.';
COMMENT ON COLUMN reviews.other_id IS 'The event that is the same happening. NULL: no merge.';
COMMENT ON COLUMN reviews.field IS 'killed, wounded, amount_pen, date, ubigeo, status, norm, types or sectors. NULL: no field is set.';
COMMENT ON COLUMN reviews.value IS 'As text, lists with commas. NULL: unknown, or no field is set.';
COMMENT ON COLUMN reviews.note IS 'The reviewer''s own words; not published. NULL: none.';

CREATE TABLE review_anchors (
    review_id     VARCHAR NOT NULL,
    side          VARCHAR NOT NULL,
    document_id   VARCHAR NOT NULL,
    type          VARCHAR NOT NULL,
    evidence_hash VARCHAR NOT NULL
);
COMMENT ON TABLE review_anchors IS 'One row a mention by which a judged event is known again after reprocessing: document, type, and what the sentence says.';
COMMENT ON COLUMN review_anchors.review_id IS 'As in reviews.';
COMMENT ON COLUMN review_anchors.side IS 'this: of the event, or of what a split takes out; other: of the event that is the same, or of what a split leaves.';
COMMENT ON COLUMN review_anchors.document_id IS 'Document of the mention.';
COMMENT ON COLUMN review_anchors.type IS 'Type of the mention.';
COMMENT ON COLUMN review_anchors.evidence_hash IS 'MD5 of its evidence, white space folded.';

CREATE TABLE reviewed_fields (
    event_id  VARCHAR NOT NULL,
    field     VARCHAR NOT NULL,
    value     VARCHAR,
    review_id VARCHAR NOT NULL
);
COMMENT ON TABLE reviewed_fields IS 'One row an event and a field whose value a person has set.';
COMMENT ON COLUMN reviewed_fields.event_id IS 'The event as it is called now.';
COMMENT ON COLUMN reviewed_fields.field IS 'As in reviews.';
COMMENT ON COLUMN reviewed_fields.value IS 'As in reviews. NULL: the person says that it is unknown.';
COMMENT ON COLUMN reviewed_fields.review_id IS 'The judgement that counts.';
COMMENT ON COLUMN event_changes.change IS 'merged, split, retracted, reclassified, recount, or corrected: a field that a person set.';
