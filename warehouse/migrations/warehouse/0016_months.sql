-- A day known by its month alone is that month's first, and no week.
COMMENT ON COLUMN events.week IS 'Monday of the week of the event''s date, else (its day unknown, or known by the month alone) of its first report; week_basis says which. NULL: neither is known.';
