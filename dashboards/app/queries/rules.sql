-- Data-quality rules that were broken on the last night.
SELECT name, severity, failures, description FROM broken_rules;
