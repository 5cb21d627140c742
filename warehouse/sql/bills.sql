-- Statements of warehouse/bills.py. s_bills holds one batch.

-- name: stage
CREATE OR REPLACE TEMP TABLE s_bills AS SELECT * FROM read_parquet($bills)
WHERE split_part(document_id, '-', 1) NOT IN (SELECT document_id FROM forgotten);

-- name: insert_filings
INSERT INTO bill_steps
SELECT bill_id, 'PRESENTADO', NULL, min(filed_on), min(seen_at) FROM s_bills
WHERE filed_on IS NOT NULL AND bill_id NOT IN (SELECT bill_id FROM bill_steps) GROUP BY bill_id;

-- name: insert_steps
-- A state is a step when it differs from the one before it, by the list's own time; of one instant the filing comes first.
INSERT INTO bill_steps
SELECT bill_id, state, NULL, NULL, seen_at
FROM (SELECT bill_id, state, seen_at, lag(state) OVER (PARTITION BY bill_id ORDER BY seen_at) AS earlier FROM s_bills WHERE state IS NOT NULL) s
WHERE state IS DISTINCT FROM coalesce(earlier,
    (SELECT arg_max(t.state, {'seen': t.seen_at, 'is_later': t.stepped_on IS NULL}) FROM bill_steps t WHERE t.bill_id = s.bill_id AND t.seen_at <= s.seen_at));

-- name: merge_bills
MERGE INTO bills AS b USING (SELECT * FROM s_bills QUALIFY row_number() OVER (PARTITION BY bill_id ORDER BY seen_at DESC) = 1) AS s
ON b.bill_id = s.bill_id
WHEN MATCHED AND s.seen_at >= b.seen_at THEN UPDATE SET document_id = s.document_id, printed_number = s.printed_number, title = s.title, state = s.state,
    filed_on = s.filed_on, proponent = s.proponent, authors = s.authors, former_number = s.former_number, seen_at = s.seen_at
WHEN NOT MATCHED THEN INSERT VALUES (s.bill_id, s.document_id, s.period, s.chamber, s.number, s.printed_number, s.title, s.state, NULL,
    s.filed_on, s.proponent, s.authors, s.former_number, s.seen_at);

-- name: drop_states
DELETE FROM bill_states;

-- name: insert_states
INSERT INTO bill_states SELECT upper(strip_accents(trim(regexp_replace(word, '[^[:alnum:]\p{L}]+', ' ', 'g')))), stage, position FROM f_states;

-- name: name_bill_stages
UPDATE bills SET stage = (SELECT w.stage FROM bill_states w WHERE w.state = upper(strip_accents(trim(regexp_replace(bills.state, '[^[:alnum:]\p{L}]+', ' ', 'g')))));

-- name: name_step_stages
UPDATE bill_steps SET stage = (SELECT w.stage FROM bill_states w WHERE w.state = upper(strip_accents(trim(regexp_replace(bill_steps.state, '[^[:alnum:]\p{L}]+', ' ', 'g')))));
