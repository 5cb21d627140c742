-- Statements of warehouse/turns.py.

-- name: take_turn
UPDATE turns SET turn = turn + 1;
