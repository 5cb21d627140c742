-- From bill to law to gazette, as far as documents say it: a bill and a law are joined only where one document names both.

CREATE OR REPLACE VIEW bill_laws AS
WITH named AS (
    SELECT number, document_id FROM norms UNION SELECT norm, document_id FROM mentions WHERE norm IS NOT NULL
), laws AS (
    SELECT number, document_id FROM named WHERE starts_with(number, 'Ley ')
), alone AS (
    -- A page that names several laws does not say which of them the bill became.
    SELECT document_id FROM laws GROUP BY 1 HAVING count(DISTINCT number) = 1
), gazette AS (
    SELECT number, arg_min(url, (published_on, document_id)) AS gazette_url, min(published_on) AS gazette_on FROM norm_documents WHERE is_official GROUP BY 1
), sectors AS (
    SELECT number, list_sort(list_distinct(flatten(list(sectors)))) AS sectors FROM norm_documents WHERE sectors IS NOT NULL GROUP BY 1
)
SELECT b.bill_id, b.printed_number, b.title, b.stage, l.number AS law, count(DISTINCT l.document_id) AS document_count, g.gazette_on, g.gazette_url,
    coalesce(any_value(s.sectors), []) AS sectors
FROM laws l SEMI JOIN alone USING (document_id)
    JOIN named p ON p.document_id = l.document_id AND starts_with(p.number, 'PL ')
    JOIN bills b ON b.bill_id = bill_id_of(p.number)
    LEFT JOIN gazette g ON g.number = l.number LEFT JOIN sectors s ON s.number = l.number
WHERE b.stage = 'published'
GROUP BY b.bill_id, b.printed_number, b.title, b.stage, l.number, g.gazette_on, g.gazette_url;
COMMENT ON VIEW bill_laws IS 'One row a published bill and a law that a document names beside it, no other law in between: what the bill became, with its page in the gazette.';
COMMENT ON COLUMN bill_laws.law IS 'Number of the law: Ley 32490.';
COMMENT ON COLUMN bill_laws.document_count IS 'Documents that name both; a bill with two laws here is in doubt, and the higher count the likelier.';
COMMENT ON COLUMN bill_laws.gazette_on IS 'Day of the law''s page in the gazette. NULL: not read there.';
COMMENT ON COLUMN bill_laws.gazette_url IS 'That page. NULL: not read there.';
COMMENT ON COLUMN bill_laws.sectors IS 'Sectors that the law is said to concern. Empty: none is told.';
