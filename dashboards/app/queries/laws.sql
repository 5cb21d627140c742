-- Norms that are no emergency, as the gazette or the press dates them.
SELECT number, kind, issuer, published_on, coalesce(published_on, first_news_on) AS day, document_count, source_count, first_news_on, official_url, sectors
FROM norm_news WHERE kind IS NOT NULL AND kind <> 'PL' AND subject IS DISTINCT FROM 'state_of_emergency'
ORDER BY day DESC NULLS LAST, number;
