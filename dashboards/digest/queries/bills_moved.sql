-- Bills whose state is news of the week: filed in it, or found in another state between two instants. Of the group's sectors, or of none.
WITH news AS (
    SELECT * FROM bill_steps
    WHERE stepped_on BETWEEN $week::DATE AND $week::DATE + 6
       OR (stepped_on IS NULL AND $is_known::BOOLEAN AND seen_at >= $since::TIMESTAMPTZ AND seen_at < $until::TIMESTAMPTZ)
    QUALIFY row_number() OVER (PARTITION BY bill_id ORDER BY seen_at DESC, stepped_on IS NULL DESC) = 1
), labelled AS (
    SELECT document_id, list(label) FILTER (axis = 'sector') AS sectors, count(*) FILTER (axis = 'event') > 0 AS is_ours FROM document_labels
    WHERE band = 'yes' GROUP BY 1
)
SELECT b.printed_number AS number, b.title, b.former_number, coalesce(n.stepped_on, n.seen_at::DATE) AS day, n.stepped_on IS NULL AS is_by_list, n.stage, n.state,
    d.url, s.source_name
FROM news n JOIN bills b USING (bill_id) JOIN documents d USING (document_id) JOIN sources s USING (source_id) JOIN labelled l USING (document_id)
WHERE CASE WHEN l.sectors IS NULL THEN l.is_ours ELSE len($sectors::VARCHAR[]) = 0 OR list_has_any(l.sectors, $sectors::VARCHAR[]) END
ORDER BY day, b.bill_id;
