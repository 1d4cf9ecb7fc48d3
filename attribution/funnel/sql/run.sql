-- One row: as-of, and the reporting period, from its first instant up to the first instant after
-- it.
SELECT as_of_us, from_us, to_us
FROM settings
