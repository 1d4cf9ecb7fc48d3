-- One row: as-of, and the reporting period from its first instant to the first one after it.
SELECT as_of_us, from_us, to_us
FROM settings
