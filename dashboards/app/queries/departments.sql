-- Departments and the beginning of the codes of all places within.
SELECT left(ubigeo, 2) AS code, department FROM departments WHERE ubigeo IS NOT NULL ORDER BY department;
