-- reported_persons: one row per person that may stand in reports: own domains and test accounts are
-- left out.
CREATE TABLE reported_persons AS
SELECT person_key FROM people WHERE excluded_reason IS NULL
