-- Bills with the stage they have reached.
SELECT b.bill_id, b.printed_number, b.title, b.stage, b.state, b.filed_on, b.proponent, b.former_number,
    (SELECT max(stepped_on) FROM bill_history h WHERE h.bill_id = b.bill_id) AS stepped_on,
    (SELECT count(DISTINCT source_id) FROM bill_documents d WHERE d.bill_id = b.bill_id) AS source_count,
    (SELECT min(position) FROM bill_states s WHERE s.stage = b.stage) AS position
FROM bills b ORDER BY position, b.filed_on DESC NULLS LAST, b.bill_id;
