-- Statements of warehouse/ops.py; each is found by the name above it.

-- name: upsert_way
INSERT INTO ways (url, source_id, kind) VALUES (:url, :source_id, :kind)
ON CONFLICT (url) DO UPDATE SET source_id = excluded.source_id, kind = excluded.kind;

-- name: validators
SELECT etag, last_modified FROM ways WHERE url = ? AND last_state IN ('read', 'unchanged');

-- name: way_last_read
SELECT last_read_at FROM ways WHERE url = ?;

-- name: item_digests
SELECT url, digest FROM frontier WHERE source_id = ? AND digest IS NOT NULL;

-- name: way_before
SELECT kind, newest_item_at, last_listed FROM ways WHERE url = ?;

-- name: way_read
UPDATE ways SET last_state = :state, last_reason = :reason, last_items = CASE WHEN :state = 'unchanged' THEN last_items ELSE :items END,
    last_read_at = CASE WHEN :state IN ('error', 'partly') THEN last_read_at ELSE :now END,
    reads = reads + (:state NOT IN ('error', 'partly')), asked_run = :run_id,
    etag = CASE :state WHEN 'read' THEN :etag WHEN 'unchanged' THEN etag END,
    last_modified = CASE :state WHEN 'read' THEN :last_modified WHEN 'unchanged' THEN last_modified END,
    last_listed = coalesce(:listed, last_listed),
    newest_item_at = max(coalesce(newest_item_at, ''), coalesce(:newest, ''))
WHERE url = :url;

-- name: insert_gap
INSERT OR IGNORE INTO gaps VALUES (:way_url, :source_id, :run_id, :noticed_at, :newest_known, :oldest_seen);

-- name: insert_exchange
INSERT INTO exchanges (run_id, source_id, url, final_url, way, fetched_at, status, content_type, body_bytes, digest, warc_file, warc_offset, error)
VALUES (:run_id, :source_id, :url, :final_url, :way, :fetched_at, :status, :content_type, :body_bytes, :digest, :warc_file, :warc_offset, :error);

-- name: insert_refused
INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?);

-- name: find_url
SELECT state, updated_at, outcome, document_ids FROM frontier WHERE canonical_url = ?;

-- name: insert_found
INSERT INTO frontier (canonical_url, source_id, url, way_url, way, title, published_at, updated_at, discovered_at)
VALUES (:canonical_url, :source_id, :url, :way_url, :way, :title, :published_at, :updated_at, :now)
ON CONFLICT (canonical_url) DO NOTHING;

-- name: complete_found
UPDATE frontier SET title = coalesce(title, :title), published_at = coalesce(published_at, :published_at),
    updated_at = nullif(max(coalesce(updated_at, ''), coalesce(:updated_at, '')), '')
WHERE canonical_url = :canonical_url;

-- name: revisit
UPDATE frontier SET state = 'pending', attempts = 0, updated_at = :updated_at WHERE canonical_url = :canonical_url AND state = 'done';

-- name: pending
SELECT canonical_url, url, etag, last_modified FROM frontier
WHERE state = 'pending' AND source_id = ? ORDER BY published_at DESC NULLS LAST, discovered_at, canonical_url LIMIT ?;

-- name: page_fetched
UPDATE frontier SET state = 'fetched', attempts = attempts + 1, warc_file = :warc_file, warc_offset = :warc_offset, digest = :digest,
    content_type = :content_type, final_url = :final_url, fetched_at = :fetched_at, fetched_run = :run_id, etag = :etag, last_modified = :last_modified
WHERE canonical_url = :canonical_url;

-- name: page_ended
UPDATE frontier SET state = :state, attempts = attempts + :attempt, outcome = :outcome, reason = :reason, fetched_run = coalesce(fetched_run, :run_id)
WHERE canonical_url = :canonical_url;

-- name: page_read
UPDATE frontier SET state = 'done', outcome = :outcome, reason = :reason, document_ids = coalesce(:document_ids, document_ids),
    text_hash = coalesce(:text_hash, text_hash)
WHERE canonical_url = :canonical_url;

-- name: page_lost
-- The archive's copy is damaged: asked for again, without validators, unless that was done often enough; a list's row comes with its list.
UPDATE frontier SET state = iif(way = 'bills', 'done', 'pending'), digest = NULL, warc_file = NULL, warc_offset = NULL, etag = NULL, last_modified = NULL
WHERE canonical_url = :canonical_url AND attempts < :nights;

-- name: attempts
SELECT attempts FROM frontier WHERE canonical_url = ?;

-- name: insert_outcome
INSERT INTO outcomes VALUES (:run_id, :canonical_url, :source_id, :outcome, :reason)
ON CONFLICT (run_id, canonical_url) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason;

-- name: to_read
SELECT canonical_url, source_id, coalesce(final_url, url) AS url, title, published_at, way, warc_file, warc_offset, digest, content_type,
    fetched_run, text_hash, document_ids, fetched_at
FROM frontier WHERE state = 'fetched' ORDER BY source_id, warc_file, warc_offset;

-- name: archived_pages
SELECT warc_file, warc_offset, digest FROM frontier WHERE warc_file IS NOT NULL ORDER BY warc_file, warc_offset;

-- name: to_read_again
SELECT canonical_url, source_id, coalesce(final_url, url) AS url, title, published_at, way, warc_file, warc_offset, digest, content_type,
    fetched_run, text_hash, document_ids, fetched_at, outcome
FROM frontier WHERE state = 'done' AND warc_file IS NOT NULL AND fetched_at >= ? AND (? IS NULL OR source_id = ?) AND outcome <> 'duplicate'
ORDER BY source_id, warc_file, warc_offset;

-- name: page_read_again
UPDATE frontier SET outcome = ?, document_ids = ?, text_hash = ?, reason = NULL WHERE canonical_url = ?;

-- name: forget_segment
UPDATE frontier SET warc_file = NULL, warc_offset = NULL WHERE warc_file = ?;

-- name: waits_in_segment
SELECT count(*) FROM frontier WHERE warc_file = ? AND state = 'fetched';

-- name: same_text
SELECT canonical_url FROM frontier WHERE text_hash = ? AND canonical_url <> ? AND state = 'done' AND source_id = ? LIMIT 1;

-- name: log_lines
SELECT lines FROM logs WHERE path = ?;

-- name: save_log
INSERT INTO logs VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET lines = excluded.lines;

-- name: start_run
INSERT INTO runs (run_id, kind, started_at, state) VALUES (?, ?, ?, 'running');

-- name: end_run
UPDATE runs SET state = ?, finished_at = ?, report = ? WHERE run_id = ?;

-- name: ended_runs
SELECT run_id FROM runs WHERE state <> 'running' AND finished_at < ?;

-- name: unfinished_runs
SELECT run_id, kind FROM runs WHERE state = 'running' AND kind = ? ORDER BY started_at;

-- name: last_runs
SELECT run_id, kind, started_at, finished_at, state, report FROM runs ORDER BY rowid DESC LIMIT 200; -- as they came: clocks jump

-- name: runs_of_kind
SELECT run_id, started_at, finished_at, state FROM runs WHERE kind = ? ORDER BY rowid DESC LIMIT 200;

-- name: last_done
SELECT max(finished_at) AS finished_at FROM runs WHERE kind = ? AND state = 'done';

-- name: good_nights
SELECT report FROM runs WHERE kind = 'nightly' AND state = 'done' ORDER BY rowid DESC LIMIT ?;

-- name: last_good_night
SELECT finished_at FROM runs WHERE kind = 'nightly' AND state = 'done' AND finished_at <= ? ORDER BY finished_at DESC LIMIT 1;

-- name: outcome_counts
SELECT source_id, outcome, coalesce(reason, '') AS reason, count(*) AS urls FROM outcomes WHERE run_id = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- name: exchange_counts
SELECT source_id, way, coalesce(error, CAST(status AS TEXT)) AS result, count(*) AS requests FROM exchanges WHERE run_id = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- name: ways_of
SELECT url, kind, last_state, last_reason, last_items, last_read_at, newest_item_at, reads FROM ways WHERE source_id = ? AND asked_run = ? ORDER BY url;

-- name: ways_known
SELECT url, last_state, last_reason, last_items, last_read_at FROM ways WHERE source_id = ?;

-- name: pages_of
SELECT outcome, count(*) AS pages FROM frontier WHERE source_id = ? GROUP BY 1 ORDER BY 2 DESC;

-- name: page_at
SELECT digest FROM frontier WHERE canonical_url = ?;

-- name: discovery_days
SELECT DISTINCT substr(discovered_at, 1, 10) AS day FROM frontier WHERE source_id = ? ORDER BY 1;

-- name: listed_by
SELECT url, kind, last_listed FROM ways WHERE source_id = ? AND asked_run = ? AND last_state = 'read';

-- name: gaps_of_run
SELECT source_id, way_url, newest_known, oldest_seen FROM gaps WHERE run_id = ? ORDER BY 1, 2;

-- name: frontier_counts
SELECT state, count(*) FROM frontier GROUP BY 1;

-- name: known_page
SELECT canonical_url, text_hash, fetched_at, document_ids FROM frontier WHERE canonical_url = ?;

-- name: keep_capture
-- A page that waits to be asked for or to be read goes on waiting; all it gains is the knowledge of its text.
INSERT INTO frontier (canonical_url, source_id, url, way, discovered_at, state, document_ids, text_hash, outcome,
    content_type, digest, warc_file, warc_offset, fetched_at, fetched_run)
VALUES (:canonical_url, :source_id, :url, 'warc', :now, 'done', :document_ids, :text_hash, :outcome,
    :content_type, :digest, :warc_file, :warc_offset, :fetched_at, :run_id)
ON CONFLICT (canonical_url) DO UPDATE SET document_ids = excluded.document_ids, text_hash = excluded.text_hash,
    outcome = iif(state = 'done', excluded.outcome, outcome), content_type = iif(state = 'done', excluded.content_type, content_type),
    digest = iif(state = 'done', excluded.digest, digest), warc_file = iif(state = 'done', excluded.warc_file, warc_file),
    warc_offset = iif(state = 'done', excluded.warc_offset, warc_offset), fetched_at = iif(state = 'fetched', fetched_at, excluded.fetched_at),
    fetched_run = iif(state = 'done', excluded.fetched_run, fetched_run);

-- name: forgotten
SELECT document_id FROM forgotten;

-- name: addresses
SELECT canonical_url, url, final_url FROM frontier WHERE canonical_url = ?;

-- name: archived
SELECT url, final_url, way, warc_file, warc_offset FROM exchanges WHERE warc_file IS NOT NULL AND warc_offset IS NOT NULL
UNION SELECT canonical_url, url, 'article', warc_file, warc_offset FROM frontier WHERE warc_file IS NOT NULL AND warc_offset IS NOT NULL;
