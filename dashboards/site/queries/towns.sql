-- Districts with the point of their capital town and their people.
SELECT ubigeo, department, province, district, latitude, longitude, population FROM districts ORDER BY ubigeo;
