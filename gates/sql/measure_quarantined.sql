-- Measures the quarantined rows of each table. Touchpoints after as-of ({late}) are subtracted:
-- they depend on as-of and not on the file.
SELECT 'quarantined', table_name, NULL, NULL, NULL, SUM(quarantined) - CASE table_name WHEN 'touchpoints' THEN {late} ELSE 0 END, NULL, NULL
FROM input_files WHERE table_name <> 'control_totals' GROUP BY table_name
