-- grain: the run
-- message: reporting period begins after as-of, so it contains nothing
-- severity: warning
SELECT CAST(NULL AS VARCHAR) AS key, 1 AS n FROM settings WHERE from_day > as_of_day
