-- What lets several writers meet: each raises the turn within its transaction, and of two that did so at the same time the later
-- one is refused and done again. Without keys nothing else would keep both from inserting the same row.

CREATE TABLE turns (
    turn BIGINT NOT NULL
);
INSERT INTO turns VALUES (0);
COMMENT ON TABLE turns IS 'One row: the number of writing transactions so far.';
COMMENT ON COLUMN turns.turn IS 'Raised by one by each writing transaction.';
