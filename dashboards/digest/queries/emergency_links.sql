-- The page to read a norm on: the gazette's own before any other.
SELECT number, arg_min(url, (NOT is_official)::INTEGER) AS url FROM norm_documents WHERE number IN (SELECT unnest($norms::VARCHAR[])) GROUP BY 1;
