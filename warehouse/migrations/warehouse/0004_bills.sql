-- Bills of Congress as records, with the states a list has given them.

CREATE TABLE bills (
    bill_id        VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    period         INTEGER NOT NULL,
    chamber        VARCHAR NOT NULL,
    number         INTEGER NOT NULL,
    printed_number VARCHAR NOT NULL,
    title          VARCHAR NOT NULL,
    state          VARCHAR,
    stage          VARCHAR,
    filed_on       DATE,
    proponent      VARCHAR,
    authors        VARCHAR[] NOT NULL,
    former_number  VARCHAR,
    seen_at        TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE bills IS 'One row a bill of Congress, as its list said last.';
COMMENT ON COLUMN bills.bill_id IS 'Period, series and number: 2026-D-871. Numbers begin anew in each series of each period.';
COMMENT ON COLUMN bills.document_id IS 'The document that is its row of the list.';
COMMENT ON COLUMN bills.period IS 'First year of the parliamentary period: 2021, 2026.';
COMMENT ON COLUMN bills.chamber IS 'congress (the single chamber until 2026, the whole Congress since), deputies or senate.';
COMMENT ON COLUMN bills.number IS 'Number in its series.';
COMMENT ON COLUMN bills.printed_number IS 'In the normal form in which norms and mentions name it: PL 7538/2023-CR, PL 00871/2026-2031-CD.';
COMMENT ON COLUMN bills.title IS 'As filed, without the mark of its former number.';
COMMENT ON COLUMN bills.state IS 'Word of the list, as printed. NULL: not said.';
COMMENT ON COLUMN bills.stage IS 'Stage of procedure that the word stands for (bill_states). NULL: a word not known yet.';
COMMENT ON COLUMN bills.filed_on IS 'Day it was filed. NULL: not said.';
COMMENT ON COLUMN bills.proponent IS 'Who filed it: Congreso, Poder Ejecutivo and the like. NULL: not said.';
COMMENT ON COLUMN bills.authors IS 'Members of Congress who signed it; empty for others'' bills.';
COMMENT ON COLUMN bills.former_number IS 'Number under which it was filed before, where its title says so. NULL: none said.';
COMMENT ON COLUMN bills.seen_at IS 'When the list said so (UTC).';

CREATE TABLE bill_steps (
    bill_id    VARCHAR NOT NULL,
    state      VARCHAR NOT NULL,
    stage      VARCHAR,
    stepped_on DATE,
    seen_at    TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE bill_steps IS 'One row a state that a bill was found in: its filing, then each change that a night''s list showed.';
COMMENT ON COLUMN bill_steps.bill_id IS 'As in bills.';
COMMENT ON COLUMN bill_steps.state IS 'Word of the list, as printed.';
COMMENT ON COLUMN bill_steps.stage IS 'Stage it stands for. NULL: a word not known yet.';
COMMENT ON COLUMN bill_steps.stepped_on IS 'Day of the step; known of the filing only. NULL: some day up to seen_at.';
COMMENT ON COLUMN bill_steps.seen_at IS 'When the list was first found to say so (UTC).';

CREATE TABLE bill_states (
    state    VARCHAR NOT NULL,
    stage    VARCHAR NOT NULL,
    position INTEGER NOT NULL
);
COMMENT ON TABLE bill_states IS 'One row a word of the bill list: the stage of procedure it stands for.';
COMMENT ON COLUMN bill_states.state IS 'The word, in capitals without accents or marks.';
COMMENT ON COLUMN bill_states.stage IS 'Stage, from filed to published.';
COMMENT ON COLUMN bill_states.position IS 'Order of the stages, from 1.';
