-- Places of a level with their name, people and, of districts, the point of their capital town.
SELECT left(ubigeo, $digits) AS code, any_value(department) AS department,
    CASE WHEN $digits >= 4 THEN any_value(province) END AS province, CASE WHEN $digits = 6 THEN any_value(district) END AS district,
    sum(population)::BIGINT AS population, any_value(latitude) AS latitude, any_value(longitude) AS longitude
FROM districts GROUP BY 1 ORDER BY 1;
