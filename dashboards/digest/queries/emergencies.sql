-- Emergencies in force on a day in the group's regions: one row a norm and a place, at the widest level that is wholly covered.
WITH here AS (
    SELECT DISTINCT ubigeo, department, province, district, coverage, norm, last_day FROM emergencies_in_force($day::DATE)
    WHERE len($regions::VARCHAR[]) = 0 OR len(list_filter($regions::VARCHAR[], lambda r: starts_with(ubigeo, r))) > 0
), sizes AS (
    SELECT left(ubigeo, 2) AS department_code, left(ubigeo, 4) AS province_code, count(*) OVER (PARTITION BY left(ubigeo, 2)) AS in_department,
        count(*) OVER (PARTITION BY left(ubigeo, 4)) AS in_province, ubigeo FROM districts
), counted AS (
    SELECT h.*, s.in_department, s.in_province, count(*) OVER (PARTITION BY h.norm, h.last_day, h.coverage, left(h.ubigeo, 2)) AS covered_department,
        count(*) OVER (PARTITION BY h.norm, h.last_day, h.coverage, left(h.ubigeo, 4)) AS covered_province
    FROM here h JOIN sizes s USING (ubigeo)
), placed AS (
    SELECT norm, last_day, coverage, department, CASE WHEN covered_department = in_department THEN NULL ELSE province END AS province,
        CASE WHEN covered_province = in_province THEN NULL ELSE district END AS district
    FROM counted
)
SELECT DISTINCT norm, last_day, coverage, department, province, district FROM placed
ORDER BY last_day, norm, department, province NULLS FIRST, district NULLS FIRST;
