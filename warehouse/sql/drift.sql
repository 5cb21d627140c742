-- Statements of warehouse/drift.py; each is found by the name above it.

-- name: last_closed_week
SELECT week, label, documents_read, label_share, usual_share, mean_probability, uncertain_share FROM label_drift
WHERE week = (SELECT max(week) FROM label_drift WHERE week < (SELECT max(week) FROM label_drift)) ORDER BY axis DESC, label;
