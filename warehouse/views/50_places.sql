-- Events by distance.

CREATE OR REPLACE MACRO distance_km(lat_a, lon_a, lat_b, lon_b) AS
2 * 6371.0 * asin(sqrt(pow(sin(radians(lat_b - lat_a) / 2), 2) + cos(radians(lat_a)) * cos(radians(lat_b)) * pow(sin(radians(lon_b - lon_a) / 2), 2)));
COMMENT ON MACRO distance_km IS 'Kilometres between two points given in degrees, over a sphere.';

CREATE OR REPLACE MACRO near(lat, lon, km) AS TABLE
SELECT round(d.distance_km, 1) AS distance_km, t.*
FROM (SELECT ubigeo, distance_km(lat, lon, latitude, longitude) AS distance_km FROM districts) d JOIN timeline t USING (ubigeo)
WHERE d.distance_km <= km AND t.place_precision = 'district';
COMMENT ON MACRO TABLE near IS 'Events in districts whose capital town lies within some kilometres of a point, with that distance_km; events placed no finer than a province are left out. SELECT * FROM near(-12.05, -77.04, 10).';
