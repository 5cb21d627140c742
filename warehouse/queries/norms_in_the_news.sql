-- Norms by how much was said of them, and how long the press took to say it.
-- $subject text = : state_of_emergency; empty for all
SELECT number, action, published_on, first_news_on, first_news_on - published_on AS days_until_news, document_count, source_count, sectors, official_url
FROM norm_news WHERE $subject::VARCHAR = '' OR subject = $subject::VARCHAR
ORDER BY source_count DESC, published_on DESC NULLS LAST, number;
