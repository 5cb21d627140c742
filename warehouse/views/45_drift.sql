-- How the model's answers move from week to week: a shift may be the world, the sources, or the model.

CREATE OR REPLACE VIEW label_drift AS
WITH read AS (
    SELECT date_trunc('week', published_on)::DATE AS week, count(*) AS documents_read FROM documents WHERE published_on IS NOT NULL GROUP BY 1
), said AS (
    SELECT date_trunc('week', d.published_on)::DATE AS week, l.label, count(*) FILTER (l.band = 'yes') AS labelled_count,
        count(*) FILTER (l.band = 'uncertain') AS uncertain_count, avg(l.probability) FILTER (l.band = 'yes') AS mean_probability
    FROM document_labels l JOIN documents d USING (document_id) WHERE d.published_on IS NOT NULL GROUP BY ALL
), cells AS (
    SELECT r.week, r.documents_read, n.axis, n.label, coalesce(s.labelled_count, 0) AS labelled_count,
        coalesce(s.uncertain_count, 0) AS uncertain_count, s.mean_probability
    FROM read r CROSS JOIN labels n LEFT JOIN said s ON s.week = r.week AND s.label = n.label
)
SELECT week, axis, label, documents_read, labelled_count, uncertain_count, round(labelled_count / documents_read, 4) AS label_share,
    round(uncertain_count / documents_read, 4) AS uncertain_share, round(mean_probability, 3) AS mean_probability,
    round(sum(labelled_count) OVER before / sum(documents_read) OVER before, 4) AS usual_share,
    (sum(documents_read) OVER before)::BIGINT AS usual_documents
FROM cells
WINDOW before AS (PARTITION BY label ORDER BY week RANGE BETWEEN INTERVAL 56 DAY PRECEDING AND INTERVAL 7 DAY PRECEDING)
ORDER BY week, axis, label;
COMMENT ON VIEW label_drift IS 'One row a week of publication and label, zeros included: how often and how surely the model gives it, beside the eight weeks before.';
COMMENT ON COLUMN label_drift.week IS 'Monday of the week of publication (Lima).';
COMMENT ON COLUMN label_drift.axis IS 'sector or event.';
COMMENT ON COLUMN label_drift.label IS 'Label.';
COMMENT ON COLUMN label_drift.documents_read IS 'Documents of that week that were read, labelled or not.';
COMMENT ON COLUMN label_drift.labelled_count IS 'Of these, those that carry the label.';
COMMENT ON COLUMN label_drift.uncertain_count IS 'Those for which the model is uncertain of it: cases for review.';
COMMENT ON COLUMN label_drift.label_share IS 'labelled_count over documents_read.';
COMMENT ON COLUMN label_drift.uncertain_share IS 'uncertain_count over documents_read.';
COMMENT ON COLUMN label_drift.mean_probability IS 'Mean calibrated probability where the label is given. NULL: not given that week.';
COMMENT ON COLUMN label_drift.usual_share IS 'Share over the eight weeks before. NULL: nothing read then.';
COMMENT ON COLUMN label_drift.usual_documents IS 'Documents of those eight weeks. NULL: none.';
