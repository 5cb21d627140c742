-- A night joined to its events as the made-up truth has them: $night is the folder of its batch.

CREATE OR REPLACE TEMP TABLE links AS SELECT event_id, mention_id FROM read_parquet($night || '/links-*.parquet');

DELETE FROM event_mentions WHERE mention_id IN (SELECT mention_id FROM links);

INSERT INTO event_mentions FROM links;

CREATE OR REPLACE TEMP TABLE told AS
SELECT m.document_id, m.happening, 's', any_value(m.date), any_value(l.event_id) AS event_id FROM read_parquet($night || '/mentions.parquet') m JOIN links l USING (mention_id) GROUP BY ALL;

DELETE FROM tellings WHERE (document_id, happening) IN (SELECT (document_id, happening) FROM told);

INSERT INTO tellings FROM told;

DELETE FROM pending_documents;

INSERT INTO unjournalled_tellings SELECT document_id, happening, event_id FROM told;
