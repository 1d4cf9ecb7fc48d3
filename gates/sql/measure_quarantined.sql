-- Measures the rows in the quarantine. Touchpoints after as-of ({late}) are there too, and depend on
-- as-of and not on the file.
SELECT 'quarantined', table_name, NULL, NULL, NULL, SUM(quarantined) - CASE table_name WHEN 'touchpoints' THEN {late} ELSE 0 END, NULL, NULL
FROM input_files WHERE table_name <> 'control_totals' GROUP BY table_name
