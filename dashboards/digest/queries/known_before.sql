-- Whether anything had been read before an instant: else all there is would look like news.
SELECT count(*) > 0 AS is_known FROM runs WHERE started_at < $at::TIMESTAMPTZ;
