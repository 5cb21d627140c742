-- Why an emergency is declared: only those against crime bear on extortion.

ALTER TABLE norms ADD COLUMN cause VARCHAR;
COMMENT ON COLUMN norms.cause IS 'Why the emergency: crime, insurgency, unrest, weather, earth (earthquakes, volcanoes), health or pollution. NULL: not said, or no emergency.';
