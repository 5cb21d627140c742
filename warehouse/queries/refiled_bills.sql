-- Bills that were filed again under a new number, and what had become of them before.
SELECT b.printed_number, b.former_number, b.title, b.stage, h.stage AS former_stage, b.filed_on
FROM bill_status b LEFT JOIN bill_history h ON h.bill_id = b.bill_id AND h.refilings = 1
WHERE b.former_number IS NOT NULL ORDER BY b.filed_on DESC NULLS LAST, b.bill_id;
