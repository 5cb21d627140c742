-- Bills: which one a printed number means, what became of it under all its numbers, and who speaks of it.

-- Until 2026 a number carries the year of the session it was filed in (PL 7538/2023-CR: period 2021 to 2026) and the letters name who
-- filed it; since then it carries the period, and the letters name the series (PL 00871/2026-2031-CD).
CREATE OR REPLACE MACRO bill_id_of(printed) AS (
    SELECT concat_ws('-', year - (year - 2001) % 5, series, number) FROM (
        SELECT p.number::INTEGER AS number, p.year::INTEGER AS year,
            CASE WHEN p.year < '2026' OR p.letters = 'CR' THEN 'C' WHEN p.letters IN ('CD', 'D') THEN 'D' WHEN p.letters IN ('S', 'CS', 'SR') THEN 'S' END AS series
        FROM (SELECT unnest(regexp_extract(upper(printed), '^\s*(?:PL\s*)?0*(\d{1,5})\s*[/-]\s*(20\d\d)(?:-20\d\d)?(?:-([A-Z]{1,3}))?\s*$', ['number', 'year', 'letters']))) p
        WHERE p.year <> ''
    ) WHERE series IS NOT NULL
);
COMMENT ON MACRO bill_id_of IS 'The bill_id that a printed number means (PL 7538/2023-CR is 2021-C-7538). NULL: without its year, or since 2026 without its series, a number may be several bills''.';

CREATE OR REPLACE VIEW bill_history AS
WITH RECURSIVE numbers AS (
    SELECT bill_id, bill_id AS as_bill_id, 0 AS refilings FROM bills
    UNION ALL
    SELECT n.bill_id, bill_id_of(b.former_number), n.refilings + 1
    FROM numbers n JOIN bills b ON b.bill_id = n.as_bill_id WHERE bill_id_of(b.former_number) IS NOT NULL AND n.refilings < 9
)
SELECT n.bill_id, n.as_bill_id, n.refilings, s.state, s.stage, s.stepped_on, s.seen_at FROM numbers n LEFT JOIN bill_steps s ON s.bill_id = n.as_bill_id;
COMMENT ON VIEW bill_history IS 'One row a bill and a step of it, those under its former numbers too (refilings counts how many numbers back). A former bill that no list has shown is one row without a state.';

CREATE OR REPLACE VIEW bill_documents AS
SELECT DISTINCT b.bill_id, b.printed_number, b.stage, d.document_id, d.source_id, d.title, d.url, d.published_on
FROM (SELECT number AS printed, document_id FROM norms WHERE kind = 'PL' UNION SELECT norm, document_id FROM mentions WHERE starts_with(norm, 'PL ')) n
    JOIN bills b ON b.bill_id = bill_id_of(n.printed) JOIN documents d ON d.document_id = n.document_id AND d.document_id <> b.document_id;
COMMENT ON VIEW bill_documents IS 'One row a bill and a document that names its number, its own row of the list left out.';
COMMENT ON COLUMN bill_history.as_bill_id IS 'Number under which it took the step: its own, or a former one.';
COMMENT ON COLUMN bill_history.refilings IS 'How many numbers back that is; 0: its own.';
COMMENT ON COLUMN bill_documents.document_id IS 'Document that names it.';
COMMENT ON COLUMN bill_documents.title IS 'Masked title of that document.';
COMMENT ON COLUMN bill_documents.published_on IS 'Day (Lima) on which that document was published. NULL: unknown.';
