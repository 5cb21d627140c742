-- Statements of warehouse/outbox.py; each is found by the name above it.

-- name: find_edition
SELECT edition_id, kind, group_id, period, made_at, data_at, content FROM editions WHERE kind = ? AND group_id = ? AND period = ?;

-- name: edition
SELECT edition_id, kind, group_id, period, made_at, data_at, content FROM editions WHERE edition_id = ?;

-- name: insert_edition
INSERT INTO editions VALUES (:edition_id, :kind, :group_id, :period, :made_at, :data_at, :content) ON CONFLICT (kind, group_id, period) DO NOTHING;

-- name: last_data_at
SELECT max(data_at) FROM editions WHERE kind = 'digest' AND group_id = ? AND period < ?;

-- name: queue
INSERT INTO outbox (message_key, edition_id, recipient, next_attempt_at) VALUES (:message_key, :edition_id, :recipient, :now)
ON CONFLICT (message_key) DO NOTHING;

-- name: due
SELECT message_key, edition_id, recipient, attempts FROM outbox
WHERE state = 'pending' AND next_attempt_at <= ? ORDER BY edition_id, recipient LIMIT ?;

-- name: next_due
SELECT min(next_attempt_at) FROM outbox WHERE state = 'pending';

-- name: is_suppressed
SELECT reason FROM suppressions WHERE address = :address AND group_id IN (:group_id, '*') LIMIT 1;

-- name: end_message
UPDATE outbox SET state = :state, attempts = attempts + 1, ended_at = :now, reply = :reply WHERE message_key = :message_key AND state = 'pending';

-- name: postpone
UPDATE outbox SET attempts = attempts + 1, next_attempt_at = :next, reply = :reply WHERE message_key = :message_key AND state = 'pending';

-- name: expire
UPDATE outbox SET state = 'expired', ended_at = :now
WHERE state = 'pending' AND edition_id IN (SELECT edition_id FROM editions WHERE made_at < :oldest);

-- name: message
SELECT o.recipient, o.state, e.kind, e.group_id, e.period FROM outbox o JOIN editions e USING (edition_id) WHERE o.message_key = ?;

-- name: suppress
INSERT INTO suppressions VALUES (:address, :group_id, :reason, :since) ON CONFLICT (address, group_id) DO NOTHING;

-- name: unsuppress
DELETE FROM suppressions WHERE address = :address AND group_id = :group_id;

-- name: suppressed
SELECT address, group_id, reason, since FROM suppressions ORDER BY since, address, group_id;

-- name: insert_bounce
INSERT INTO bounces VALUES (:bounce_id, :message_key, :recipient, :received_at, :status, :diagnostic) ON CONFLICT (bounce_id) DO NOTHING;

-- name: permanent_bounces
-- 5.7 is about what was sent or by whom, not about the address.
SELECT count(DISTINCT message_key) FROM bounces WHERE recipient = ? AND status LIKE '5.%' AND status NOT LIKE '5.7.%';

-- name: counts
SELECT e.group_id, o.state, count(*) FROM outbox o JOIN editions e USING (edition_id) WHERE e.kind = ? AND e.period = ? GROUP BY 1, 2 ORDER BY 1, 2;

-- name: refusals
SELECT e.group_id, o.recipient, o.state, o.reply FROM outbox o JOIN editions e USING (edition_id)
WHERE e.kind = ? AND e.period = ? AND o.state IN ('refused', 'expired') ORDER BY 1, 2;

-- name: told
SELECT alert_key FROM alerts_told WHERE group_id = ?;

-- name: tell
INSERT INTO alerts_told VALUES (?, ?, ?) ON CONFLICT DO NOTHING;
