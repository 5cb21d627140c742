-- How far bills have come: bills by stage, with those that press or gazette speaks of.
SELECT stage, count(*) AS bills, count(*) FILTER (document_count > 0) AS spoken_of, count(*) FILTER (is_on_extortion) AS on_extortion, max(filed_on) AS last_filed_on
FROM bill_status GROUP BY stage, stage_position ORDER BY stage_position NULLS LAST;
