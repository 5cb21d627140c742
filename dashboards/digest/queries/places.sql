-- Names of places by the beginning of their code.
SELECT DISTINCT left(ubigeo, 2) AS code, department AS name FROM districts
UNION ALL SELECT DISTINCT left(ubigeo, 4), province FROM districts
UNION ALL SELECT ubigeo, district FROM districts
ORDER BY 1;
