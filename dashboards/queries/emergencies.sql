-- Emergencies in force on a day in some regions, or everywhere: one row a norm and a place, at the widest level that is wholly covered.
WITH here AS (
    SELECT DISTINCT ubigeo, department, province, district, coverage, norm, norm_id, cause, last_day FROM emergency_districts
    WHERE $day::DATE BETWEEN first_day AND last_day
      AND (len($regions::VARCHAR[]) = 0 OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(ubigeo, r))) > 0)
), sizes AS (
    SELECT left(ubigeo, 2) AS department_code, left(ubigeo, 4) AS province_code, count(*) OVER (PARTITION BY left(ubigeo, 2)) AS in_department,
        count(*) OVER (PARTITION BY left(ubigeo, 4)) AS in_province, ubigeo FROM districts
), counted AS (
    SELECT h.*, s.in_department, s.in_province, count(*) OVER (PARTITION BY h.norm_id, h.last_day, h.coverage, left(h.ubigeo, 2)) AS covered_department,
        count(*) OVER (PARTITION BY h.norm_id, h.last_day, h.coverage, left(h.ubigeo, 4)) AS covered_province
    FROM here h JOIN sizes s USING (ubigeo)
), placed AS (
    SELECT norm, norm_id, cause, last_day, coverage, department, CASE WHEN covered_department = in_department THEN NULL ELSE province END AS province,
        CASE WHEN covered_province = in_province THEN NULL ELSE district END AS district
    FROM counted
)
-- The page on which the norm was read.
SELECT DISTINCT p.norm, p.cause, p.last_day, p.coverage, p.department, p.province, p.district, d.url
FROM placed p JOIN norms n USING (norm_id) JOIN documents d USING (document_id)
ORDER BY last_day, norm, coverage DESC, department, province NULLS FIRST, district NULLS FIRST;
