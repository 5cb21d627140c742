-- Deeds and arrests by department: for how many events an arrest is told.
SELECT coalesce(department, 'unknown') AS department, count(*) AS deeds, count(*) FILTER (list_contains(types, 'arrest')) AS with_arrest,
    round(count(*) FILTER (list_contains(types, 'arrest')) / count(*), 2) AS share_with_arrest
FROM timeline WHERE status = 'happened' AND list_has_any(types, ['murder', 'attack', 'arson', 'kidnapping', 'extortion'])
GROUP BY 1 ORDER BY deeds DESC, department;
