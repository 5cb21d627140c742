-- The weekly count over sources that were read all along, so that a new source or a backfill is no crime wave.

CREATE OR REPLACE MACRO panel_sources(since := NULL, until := NULL) AS TABLE
WITH last_known AS (
    -- The newest week is open.
    SELECT min(week) AS first_week, max(week) - 7 AS last_week FROM source_weeks SEMI JOIN weeks USING (week)
), span AS (
    SELECT greatest(coalesce(date_trunc('week', since::DATE)::DATE, last_week - 357), first_week) AS from_week,
        least(coalesce(date_trunc('week', until::DATE)::DATE, last_week), last_week) AS until_week
    FROM last_known
)
SELECT w.source_id, any_value(s.from_week) AS from_week, any_value(s.until_week) AS until_week, sum(w.document_count)::BIGINT AS document_count
FROM source_weeks w JOIN span s ON w.week BETWEEN s.from_week AND s.until_week
GROUP BY w.source_id
HAVING count(*) = any_value(s.until_week - s.from_week) / 7 + 1 AND min(w.document_count) >= median(w.document_count) / 4;
COMMENT ON MACRO TABLE panel_sources IS 'One row a source read in every week of a span (the last 52 closed weeks unless said otherwise), never with less than a quarter of its median week. SELECT * FROM panel_sources(since := DATE ''2026-01-01'').';

CREATE OR REPLACE MACRO timeline_panel(since := NULL, until := NULL) AS TABLE
WITH panel AS (
    SELECT list(source_id) AS source_ids, count(*) AS source_count, any_value(from_week) AS from_week, any_value(until_week) AS until_week
    FROM panel_sources(since := since, until := until)
), told AS (
    SELECT e.week, coalesce(e.department, 'unknown') AS department, e.types, e.sectors, e.killed
    FROM events e, panel p WHERE e.status = 'happened' AND e.week BETWEEN p.from_week AND p.until_week AND list_has_any(e.source_ids, p.source_ids)
), by_type AS (
    SELECT week, department, sectors, killed, unnest(types) AS event_type FROM told
), by_sector AS (
    SELECT week, department, event_type, killed, unnest(CASE WHEN len(sectors) = 0 THEN ['none'] ELSE sectors END) AS sector FROM by_type
), counted AS (
    SELECT week, sector, event_type, department, count(*) AS event_count, coalesce(sum(killed), 0)::BIGINT AS killed FROM by_sector GROUP BY ALL
), documents_read AS (
    SELECT week, sum(document_count)::BIGINT AS documents_read FROM source_weeks SEMI JOIN panel_sources(since := since, until := until) USING (source_id) GROUP BY 1
)
SELECT c.week, c.sector, c.event_type, c.department, coalesce(n.event_count, 0) AS event_count, coalesce(n.killed, 0) AS killed, r.documents_read, p.source_count AS panel_sources
FROM timeline_weekly c JOIN panel p ON c.week BETWEEN p.from_week AND p.until_week
    LEFT JOIN counted n USING (week, sector, event_type, department) LEFT JOIN documents_read r ON r.week = c.week;
COMMENT ON MACRO TABLE timeline_panel IS 'As timeline_weekly, counting only events that a source of panel_sources tells: week, sector, event_type, department, event_count, killed, documents_read (of the panel), panel_sources (how many). A new source or a backfill changes nothing in it. SELECT * FROM timeline_panel().';
