-- Bills on extortion and its surroundings, as their labels say, the latest first, with the page to read them on.
WITH labelled AS (
    SELECT document_id FROM document_labels WHERE band = 'yes' GROUP BY 1
)
SELECT b.printed_number AS number, b.title, b.former_number, b.filed_on AS day, d.url, s.source_name, b.stage, b.state
FROM bills b JOIN documents d USING (document_id) JOIN sources s USING (source_id) SEMI JOIN labelled l USING (document_id)
ORDER BY b.filed_on DESC NULLS LAST, b.bill_id;
