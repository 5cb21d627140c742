-- Where an office's value was taken from: a maker's own file is whole, a table copied by hand is not. Of values from before, the files
-- are known by their notes; which tables came with the program is not, so they stay as they are.

ALTER TABLE official_series ADD COLUMN origin VARCHAR;
UPDATE official_series SET origin = CASE WHEN source_note LIKE '%(datosabiertos.gob.pe)' OR source_note LIKE '%(observatorio.mininter.gob.pe)' OR source_note LIKE '%(MINSA open data);%'
    THEN 'file' ELSE 'table' END;
COMMENT ON COLUMN official_series.origin IS 'file: the maker''s own, in which a place that is absent has none; table: single values copied from what was printed; shipped: such values that came with the program.';
