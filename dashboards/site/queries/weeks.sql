-- Weeks up to the last one known, the newest first, with what was read of each.
SELECT week, documents_read FROM weeks ORDER BY week DESC LIMIT $count::INTEGER;
