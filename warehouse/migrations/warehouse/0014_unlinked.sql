-- What events were told by, so that the id of one that was retracted resolves again when what told it comes back.

CREATE TABLE unlinked_mentions (
    mention_id  VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    event_id    VARCHAR NOT NULL
);
COMMENT ON TABLE unlinked_mentions IS 'One row a mention and an event that it told until it was taken away: a person took its label, or its page was read otherwise. Never published.';
COMMENT ON COLUMN unlinked_mentions.mention_id IS 'As in mentions; the same type told by the same sentence is the same mention.';
COMMENT ON COLUMN unlinked_mentions.document_id IS 'The document that told it.';
COMMENT ON COLUMN unlinked_mentions.event_id IS 'The event, as it was called then.';

COMMENT ON COLUMN event_changes.change IS 'merged, split, retracted, restored: retracted before and told again, as another event; reclassified, recount, or corrected: a field that a person set.';
