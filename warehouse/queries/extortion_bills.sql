-- Bills that touch extortion, newest first: by their own text, or because a report that names them tells of it.
-- $since day = 2026-07-01: filed since
SELECT b.printed_number, b.filed_on, b.stage, b.proponent, b.title, b.document_count, b.last_news_on, b.former_number, b.url
FROM bill_status b
WHERE coalesce(b.filed_on, DATE '9999-12-31') >= $since::DATE AND (b.is_on_extortion OR regexp_matches(strip_accents(lower(b.title)), 'extorsi|sicari|cobro de cupo')
    OR EXISTS (SELECT 1 FROM bill_documents d JOIN document_labels l USING (document_id) WHERE d.bill_id = b.bill_id AND l.axis = 'event' AND l.label = 'extortion' AND l.band = 'yes'))
ORDER BY b.filed_on DESC NULLS LAST, b.bill_id;
