-- Claims of statistics: what a page says was counted, by whom it was published, for when and where.

CREATE TABLE figures (
    figure_id    VARCHAR NOT NULL,
    document_id  VARCHAR NOT NULL,
    position     INTEGER NOT NULL,
    metric       VARCHAR NOT NULL,
    value        DOUBLE NOT NULL,
    unit         VARCHAR NOT NULL,
    change       VARCHAR,
    period       VARCHAR,
    period_start DATE,
    period_end   DATE,
    ubigeo       VARCHAR,
    department   VARCHAR,
    province     VARCHAR,
    district     VARCHAR,
    evidence     VARCHAR NOT NULL
);
COMMENT ON TABLE figures IS 'One row a claim of a statistic as one page makes it: 17,630 complaints of extortion from January to October 2024.';
COMMENT ON COLUMN figures.figure_id IS 'Document and position.';
COMMENT ON COLUMN figures.document_id IS 'The page that claims it.';
COMMENT ON COLUMN figures.position IS 'Order in the page, from 0.';
COMMENT ON COLUMN figures.metric IS 'What is counted: complaints_extortion, homicides, victims and the like.';
COMMENT ON COLUMN figures.value IS 'The number, in the unit.';
COMMENT ON COLUMN figures.unit IS 'count, percent, pen (soles), usd or rate_100k (a hundred thousand people).';
COMMENT ON COLUMN figures.change IS 'rise or fall, when the value is a change. NULL: it is a level.';
COMMENT ON COLUMN figures.period IS 'The time it is for, as written. NULL: not said.';
COMMENT ON COLUMN figures.period_start IS 'First day of that time. NULL: the text does not fix it.';
COMMENT ON COLUMN figures.period_end IS 'Last day of that time. NULL: the text does not fix it.';
COMMENT ON COLUMN figures.ubigeo IS 'INEI code of the place it is for. NULL: not said, or the country.';
COMMENT ON COLUMN figures.department IS 'Department. NULL: not said, or the country.';
COMMENT ON COLUMN figures.province IS 'Province. NULL: not said.';
COMMENT ON COLUMN figures.district IS 'District. NULL: not said.';
COMMENT ON COLUMN figures.evidence IS 'The sentence that says it, masked, at most 300 characters.';
