-- A sector at a glance.

CREATE OR REPLACE VIEW sector_profile AS
WITH known AS (
    SELECT max(published_on) AS last_day FROM documents
), told AS (
    SELECT unnest(sectors) AS sector, event_id, types, department, coalesce(date, first_reported_on) AS day, killed, wounded, amount_pen, week_basis
    FROM events WHERE status = 'happened' AND len(sectors) > 0
), ranked_types AS (
    SELECT sector, type AS name, count(*) AS n FROM (SELECT sector, unnest(types) AS type FROM told) GROUP BY ALL
), ranked_places AS (
    SELECT sector, department AS name, count(*) AS n FROM told WHERE department IS NOT NULL GROUP BY ALL
), counted AS (
    SELECT sector, count(*) AS event_count, count(*) FILTER (day > last_day - 28) AS event_count_28_days,
        count(*) FILTER (day > last_day - 56 AND day <= last_day - 28) AS event_count_28_days_before, coalesce(sum(killed), 0)::BIGINT AS killed,
        coalesce(sum(wounded), 0)::BIGINT AS wounded, count(DISTINCT department) AS department_count, count(*) FILTER (department IS NULL) AS place_unknown,
        count(*) FILTER (week_basis <> 'date') AS date_unknown, count(amount_pen) AS amount_count, median(amount_pen) AS amount_pen_median,
        min(day) AS first_day, max(day) AS last_event_day
    FROM told, known GROUP BY sector
), labelled AS (
    SELECT label AS sector, count(*) AS document_count FROM document_labels WHERE axis = 'sector' AND band = 'yes' GROUP BY 1
)
SELECT l.label AS sector, l.name_es, l.name_en, coalesce(c.event_count, 0) AS event_count, coalesce(c.event_count_28_days, 0) AS event_count_28_days,
    coalesce(c.event_count_28_days_before, 0) AS event_count_28_days_before, coalesce(c.killed, 0) AS killed, coalesce(c.wounded, 0) AS wounded,
    coalesce((SELECT list(name ORDER BY n DESC, name)[:3] FROM ranked_types t WHERE t.sector = l.label), []) AS main_types,
    coalesce((SELECT list(name ORDER BY n DESC, name)[:3] FROM ranked_places p WHERE p.sector = l.label), []) AS main_departments,
    coalesce(c.department_count, 0) AS department_count, coalesce(c.place_unknown, 0) AS place_unknown, coalesce(c.date_unknown, 0) AS date_unknown,
    coalesce(c.amount_count, 0) AS amount_count, c.amount_pen_median, c.first_day, c.last_event_day, coalesce(d.document_count, 0) AS document_count
FROM labels l LEFT JOIN counted c ON c.sector = l.label LEFT JOIN labelled d ON d.sector = l.label
WHERE l.axis = 'sector' ORDER BY l.position;
COMMENT ON VIEW sector_profile IS 'One row a sector: what happened to it, all in all and of late. An event of two sectors counts in both.';
COMMENT ON COLUMN sector_profile.sector IS 'Sector, as in labels.';
COMMENT ON COLUMN sector_profile.event_count IS 'Events that happened to it.';
COMMENT ON COLUMN sector_profile.event_count_28_days IS 'Of these, in the 28 days up to the last day known; still growing.';
COMMENT ON COLUMN sector_profile.event_count_28_days_before IS 'Of these, in the 28 days before these.';
COMMENT ON COLUMN sector_profile.killed IS 'Persons killed in them, as far as reports say.';
COMMENT ON COLUMN sector_profile.wounded IS 'Persons wounded in them, as far as reports say.';
COMMENT ON COLUMN sector_profile.main_types IS 'Its three most frequent event types.';
COMMENT ON COLUMN sector_profile.main_departments IS 'The three departments with most of its events.';
COMMENT ON COLUMN sector_profile.department_count IS 'Departments with at least one.';
COMMENT ON COLUMN sector_profile.place_unknown IS 'Events of which no report tells the department.';
COMMENT ON COLUMN sector_profile.date_unknown IS 'Events of which no report tells the day.';
COMMENT ON COLUMN sector_profile.amount_count IS 'Events of which a demanded sum in soles is told.';
COMMENT ON COLUMN sector_profile.amount_pen_median IS 'Median of these sums, in soles, whatever period they are for. NULL: none told.';
COMMENT ON COLUMN sector_profile.first_day IS 'Day of the first event (of its report where its day is unknown). NULL: none.';
COMMENT ON COLUMN sector_profile.last_event_day IS 'Day of the last. NULL: none.';
COMMENT ON COLUMN sector_profile.document_count IS 'Documents that carry the sector''s label, events told or not.';
