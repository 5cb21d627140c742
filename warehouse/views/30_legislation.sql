-- Norms: what is in force where, who speaks of them, and what happened before, during and after.

CREATE OR REPLACE MACRO place_stem(ubigeo) AS CASE WHEN ends_with(ubigeo, '0000') THEN left(ubigeo, 2) WHEN ends_with(ubigeo, '00') THEN left(ubigeo, 4) ELSE ubigeo END;
COMMENT ON MACRO place_stem IS 'The beginning that the codes of all places within a place share.';

CREATE OR REPLACE VIEW emergency_norms AS
WITH RECURSIVE placed AS (
    SELECT n.*, d.kind = 'norm' AS is_official, EXISTS (SELECT 1 FROM norm_territories t WHERE t.norm_id = n.norm_id) AS has_territory,
        list_transform(regexp_extract_all(n.number, '\d+'), x -> x::BIGINT) AS numbers
    FROM norms n JOIN documents d USING (document_id) WHERE n.subject = 'state_of_emergency'
), best AS (
    -- The gazette's own page before what others write of it.
    SELECT * FROM placed
    QUALIFY row_number() OVER (PARTITION BY number, action ORDER BY is_official DESC, has_territory DESC, starts_on IS NULL, ends_on IS NULL, published_on NULLS LAST, norm_id) = 1
), carried AS (
    -- What a norm carries on: norms that it names, of an earlier number, where it speaks of a place of theirs.
    SELECT n.norm_id, e.norm_id AS former_id
    FROM best n JOIN best e ON list_contains(n.earlier, e.number) AND e.action <> 'ends' AND (e.numbers[2], e.numbers[1]) < (n.numbers[2], n.numbers[1])
    WHERE NOT n.has_territory OR NOT e.has_territory OR EXISTS (
        SELECT 1 FROM norm_territories here, norm_territories there WHERE here.norm_id = n.norm_id AND there.norm_id = e.norm_id
            AND (starts_with(place_stem(here.ubigeo), place_stem(there.ubigeo)) OR starts_with(place_stem(there.ubigeo), place_stem(here.ubigeo))))
), terms AS (
    -- Last days. An extension without a day of its own goes on where what it carries on ends, and another goes on from there.
    SELECT norm_id, coalesce(ends_on, coalesce(starts_on, published_on + 1) + days - 1) AS ends_on FROM best
    WHERE action <> 'ends' AND (action <> 'extends' OR starts_on IS NOT NULL OR ends_on IS NOT NULL OR norm_id NOT IN (SELECT norm_id FROM carried))
    UNION
    SELECT n.norm_id, greatest(t.ends_on + 1, n.published_on) + n.days - 1 FROM terms t JOIN carried c ON c.former_id = t.norm_id JOIN best n ON n.norm_id = c.norm_id
    WHERE n.action = 'extends' AND n.starts_on IS NULL AND n.ends_on IS NULL
), former AS (
    SELECT c.norm_id, max(t.ends_on) AS ends_on FROM carried c JOIN terms t ON t.norm_id = c.former_id GROUP BY c.norm_id
), caused AS (
    -- What most readings of the norm say; of as many, the first by name.
    SELECT number, cause FROM norms WHERE cause IS NOT NULL GROUP BY number, cause
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY count(*) DESC, cause) = 1
), dated AS (
    SELECT b.norm_id, b.number, b.action, b.document_id, b.is_official, b.published_on, b.days, b.earlier,
        coalesce(b.cause, c.cause) AS cause,
        CASE WHEN b.action = 'ends' THEN coalesce(b.ends_on, b.starts_on, b.published_on)
            ELSE coalesce(b.starts_on, CASE WHEN b.action = 'extends' AND f.ends_on IS NOT NULL THEN greatest(f.ends_on + 1, b.published_on) END, b.published_on + 1) END AS first_day,
        b.ends_on, f.ends_on AS former_ends_on
    FROM best b LEFT JOIN former f USING (norm_id) LEFT JOIN caused c ON c.number = b.number
)
SELECT norm_id, number, action, document_id, is_official, published_on, earlier, cause, first_day,
    CASE WHEN action <> 'ends' THEN coalesce(ends_on, first_day + days - 1, CASE WHEN action = 'modifies' THEN former_ends_on END) END AS last_day
FROM dated WHERE first_day IS NOT NULL;
COMMENT ON VIEW emergency_norms IS 'One row a norm and what it does to a state of emergency, with its first and last day as declared. Of one that ends an emergency, first_day is the first day without it.';

CREATE OR REPLACE VIEW emergency_districts AS
WITH covered AS (
    -- The finest place that is named says how much is meant: some of a province, and the whole of one district of it.
    SELECT n.norm_id, n.number, n.action, n.first_day, n.last_day, n.published_on, n.earlier, n.cause, d.ubigeo, d.department, d.province, d.district,
        arg_max(t.coverage, (length(place_stem(t.ubigeo)), t.coverage)) AS coverage
    FROM emergency_norms n JOIN norm_territories t USING (norm_id) JOIN districts d ON starts_with(d.ubigeo, place_stem(t.ubigeo)) GROUP BY ALL
), ended AS (
    -- A norm ends what it names, be it on the day it would begin, and what carries that on by then; one that names none ends what was in force where it speaks of.
    SELECT c.norm_id, c.ubigeo, min(e.first_day) AS ends_on
    FROM covered c JOIN emergency_norms e ON e.action = 'ends'
        AND ((list_contains(e.earlier, c.number) AND e.first_day >= c.first_day)
            OR ((len(e.earlier) = 0 OR (c.action <> 'declares' AND list_has_any(e.earlier, c.earlier))) AND e.first_day > c.first_day AND e.first_day <= c.last_day))
        AND (NOT EXISTS (SELECT 1 FROM norm_territories t WHERE t.norm_id = e.norm_id)
            OR EXISTS (SELECT 1 FROM norm_territories t WHERE t.norm_id = e.norm_id AND starts_with(c.ubigeo, place_stem(t.ubigeo))))
    WHERE c.action <> 'ends' GROUP BY ALL
)
SELECT c.ubigeo, c.department, c.province, c.district, c.coverage, c.number AS norm, c.norm_id, c.action, c.cause, c.first_day,
    least(c.last_day, coalesce(e.ends_on - 1, c.last_day)) AS last_day
FROM covered c LEFT JOIN ended e USING (norm_id, ubigeo)
WHERE c.action <> 'ends' AND c.last_day IS NOT NULL AND c.first_day <= least(c.last_day, coalesce(e.ends_on - 1, c.last_day));
COMMENT ON VIEW emergency_districts IS 'One row a district and a norm that put or kept it under emergency, with the first and last day, ends before their time taken off. Coverage part: only some of it.';

CREATE OR REPLACE MACRO emergencies_in_force(day) AS TABLE
SELECT ubigeo, department, province, district, coverage, norm, action, cause, first_day, last_day FROM emergency_districts WHERE day BETWEEN first_day AND last_day;
COMMENT ON MACRO TABLE emergencies_in_force IS 'Districts under emergency on a day, one row a district and norm: an overlap is two rows. SELECT * FROM emergencies_in_force(DATE ''2026-10-20'').';

CREATE OR REPLACE VIEW norm_documents AS
WITH told AS (
    SELECT norm, document_id, mention_id FROM mentions WHERE norm IS NOT NULL UNION SELECT number, document_id, NULL FROM norms
), sectors AS (
    SELECT mention_id, sector FROM mention_sectors SEMI JOIN (SELECT mention_id FROM told WHERE mention_id IS NOT NULL) USING (mention_id)
)
SELECT norm AS number, document_id, source_id, title, url, published_on, kind = 'norm' AS is_official, list(DISTINCT sector ORDER BY sector) FILTER (sector IS NOT NULL) AS sectors
FROM told JOIN documents USING (document_id) LEFT JOIN sectors USING (mention_id)
GROUP BY ALL;
COMMENT ON VIEW norm_documents IS 'One row a norm and a document that speaks of it, with the sectors it is said to concern.';

CREATE OR REPLACE VIEW emergency_effect AS
WITH named AS (
    SELECT n.norm_id, n.number, n.cause, list(DISTINCT t.ubigeo ORDER BY t.ubigeo) AS territory FROM emergency_norms n JOIN norm_territories t USING (norm_id) WHERE n.action <> 'ends' GROUP BY ALL
), lasting AS (
    SELECT norm_id, territory, number, named.cause, min(first_day) AS first_day, max(last_day) AS last_day FROM named JOIN emergency_districts USING (norm_id) GROUP BY ALL
), marked AS (
    SELECT *, coalesce(first_day > max(last_day) OVER (PARTITION BY territory, cause ORDER BY first_day, norm_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1, true)::INTEGER AS is_new FROM lasting
), spells AS (
    -- An extension that follows on carries the same emergency on.
    SELECT territory, cause, list(number ORDER BY first_day, number, norm_id) AS norms, min(first_day) AS first_day, max(last_day) AS last_day
    FROM (SELECT *, sum(is_new) OVER (PARTITION BY territory, cause ORDER BY first_day, norm_id) AS spell FROM marked) GROUP BY territory, cause, spell
), known AS (
    SELECT min(published_on) AS first_known, max(published_on) AS last_known FROM documents
), phases AS (
    SELECT territory, norms, cause, 'before' AS phase, greatest(first_day - 56, first_known) AS from_day, least(first_day - 1, last_known) AS until_day FROM spells, known
    UNION ALL SELECT territory, norms, cause, 'during', greatest(first_day, first_known), least(last_day, last_known) FROM spells, known
    UNION ALL SELECT territory, norms, cause, 'after', greatest(last_day + 1, first_known), least(last_day + 56, last_known) FROM spells, known
), deeds AS (
    SELECT ubigeo, coalesce(date, first_reported_on) AS day, count(*) AS event_count, sum(killed) AS killed FROM events
    WHERE status = 'happened' AND ubigeo IS NOT NULL AND primary_type NOT IN ('new_law', 'state_of_emergency', 'bill') GROUP BY ALL
), covered AS MATERIALIZED (
    -- Places are few and days are few: that is what is compared, never events.
    SELECT DISTINCT s.territory, u.ubigeo
    FROM (SELECT DISTINCT ubigeo FROM deeds) u JOIN (SELECT DISTINCT territory, place_stem(unnest(territory)) AS stem FROM spells) s ON starts_with(u.ubigeo, s.stem)
), watched AS MATERIALIZED (
    SELECT p.norms, p.phase, p.territory, p.from_day, p.until_day, c.ubigeo FROM phases p JOIN covered c USING (territory)
), counted AS (
    SELECT w.norms, w.phase, w.territory, sum(d.event_count)::BIGINT AS event_count, coalesce(sum(d.killed), 0)::BIGINT AS killed
    FROM watched w JOIN deeds d ON d.ubigeo = w.ubigeo AND d.day BETWEEN w.from_day AND w.until_day
    GROUP BY ALL
), read AS (
    SELECT published_on AS day, count(*) AS document_count FROM documents GROUP BY 1
)
SELECT p.norms, p.cause, p.territory, p.phase, p.from_day, p.until_day, round((p.until_day - p.from_day + 1) / 7.0, 1) AS weeks, coalesce(c.event_count, 0) AS event_count,
    coalesce(c.killed, 0) AS killed, round(coalesce(c.event_count, 0) * 7.0 / (p.until_day - p.from_day + 1), 2) AS events_per_week,
    round((SELECT coalesce(sum(r.document_count), 0) FROM read r WHERE r.day BETWEEN p.from_day AND p.until_day) * 7.0 / (p.until_day - p.from_day + 1), 1) AS documents_per_week
FROM phases p LEFT JOIN counted c USING (norms, phase, territory)
WHERE p.until_day >= p.from_day;
COMMENT ON VIEW emergency_effect IS 'One row an emergency (its extensions with it) and a phase: events a week in its territory up to eight weeks before, during, and up to eight weeks after, as far as documents were read; documents_per_week tells whether the reading changed.';

CREATE OR REPLACE VIEW norm_news AS
WITH spoken AS (
    SELECT number, count(*) AS document_count, count(DISTINCT source_id) FILTER (NOT is_official) AS source_count, min(published_on) FILTER (NOT is_official) AS first_news_on,
        max(published_on) AS last_news_on, arg_min(url, (published_on, document_id)) FILTER (is_official) AS official_url, list_sort(list_distinct(flatten(list(sectors) FILTER (sectors IS NOT NULL)))) AS sectors
    FROM norm_documents GROUP BY number
), read AS (
    -- The gazette's own page before what others write of it.
    SELECT n.number, n.kind, n.issuer, n.subject, n.action, n.published_on, n.starts_on, n.ends_on, n.days
    FROM norms n JOIN documents d USING (document_id)
    QUALIFY row_number() OVER (PARTITION BY n.number ORDER BY d.kind <> 'norm', n.published_on NULLS LAST, n.norm_id) = 1
)
SELECT s.number, r.kind, r.issuer, r.subject, r.action, r.published_on, r.starts_on, r.ends_on, r.days, s.document_count, s.source_count,
    s.first_news_on, s.last_news_on, s.official_url, coalesce(s.sectors, []) AS sectors
FROM spoken s LEFT JOIN read r USING (number);
COMMENT ON VIEW norm_news IS 'One row a norm or bill that any document speaks of: what it is, and who has spoken of it.';
COMMENT ON COLUMN norm_news.number IS 'Number in the one normal form: DS 118-2026-PCM.';
COMMENT ON COLUMN norm_news.kind IS 'DS, Ley, DL, DU, RM, PL and the like. NULL: only named in passing.';
COMMENT ON COLUMN norm_news.document_count IS 'Documents that speak of it, the gazette''s own among them.';
COMMENT ON COLUMN norm_news.source_count IS 'Sources besides the gazette that speak of it.';
COMMENT ON COLUMN norm_news.first_news_on IS 'Day of the first such report. NULL: none, or none dated.';
COMMENT ON COLUMN norm_news.last_news_on IS 'Day of the last document that speaks of it. NULL: none dated.';
COMMENT ON COLUMN norm_news.official_url IS 'Its page in the gazette. NULL: not read there.';
COMMENT ON COLUMN norm_news.sectors IS 'Sectors it is said to concern. Empty: none is told.';
COMMENT ON COLUMN norm_documents.number IS 'Number in the one normal form.';
COMMENT ON COLUMN norm_documents.is_official IS 'Whether the document is the gazette''s own page.';
COMMENT ON COLUMN norm_documents.sectors IS 'Sectors it is said to concern. NULL: none is told.';
COMMENT ON COLUMN emergency_norms.cause IS 'Why: crime, weather, health and the like, as this or another reading of the norm says. NULL: nobody says.';
COMMENT ON COLUMN emergency_districts.cause IS 'Why: crime, weather, health and the like. NULL: nobody says.';
COMMENT ON COLUMN emergency_effect.cause IS 'Why: crime, weather, health and the like. NULL: nobody says.';
COMMENT ON COLUMN emergency_norms.is_official IS 'Whether it was read in the gazette itself.';
COMMENT ON COLUMN emergency_norms.first_day IS 'First day in force; of a norm that ends an emergency, the first day without it.';
COMMENT ON COLUMN emergency_norms.last_day IS 'Last day as declared. NULL: not said, or it ends an emergency.';
COMMENT ON COLUMN emergency_districts.norm IS 'Number of the norm.';
COMMENT ON COLUMN emergency_districts.coverage IS 'whole, or part where only some of the district is meant.';
COMMENT ON COLUMN emergency_districts.first_day IS 'First day in force.';
COMMENT ON COLUMN emergency_districts.last_day IS 'Last day in force, ends before their time taken off.';
COMMENT ON COLUMN emergency_effect.norms IS 'The norm that declared it and those that extended it, in order.';
COMMENT ON COLUMN emergency_effect.territory IS 'INEI codes of its territory, at the level the norms name.';
COMMENT ON COLUMN emergency_effect.phase IS 'before, during or after.';
COMMENT ON COLUMN emergency_effect.from_day IS 'First day of the phase that is known.';
COMMENT ON COLUMN emergency_effect.until_day IS 'Last day of the phase that is known.';
COMMENT ON COLUMN emergency_effect.weeks IS 'Length of the phase in weeks.';
COMMENT ON COLUMN emergency_effect.event_count IS 'Events in the territory in that time, norms and bills left out.';
COMMENT ON COLUMN emergency_effect.killed IS 'Persons killed in them, as far as reports say.';
COMMENT ON COLUMN emergency_effect.events_per_week IS 'Events a week.';
COMMENT ON COLUMN emergency_effect.documents_per_week IS 'Documents read a week, of the whole country: tells whether the reading changed.';
COMMENT ON COLUMN norm_documents.document_id IS 'Document that speaks of it.';
COMMENT ON COLUMN norm_documents.published_on IS 'Day (Lima) on which that document was published. NULL: unknown.';
COMMENT ON COLUMN emergency_districts.ubigeo IS 'INEI code of the district.';
COMMENT ON COLUMN emergency_districts.norm_id IS 'The norm as a document reads it, as in norms.';
