-- What a place code is called.
SELECT department, province, district FROM districts WHERE starts_with(ubigeo, $code::VARCHAR) LIMIT 1;
