-- personas: one row per persona of the persons of the reports. persona_key 0 is "(none)".
CREATE TABLE personas AS
WITH named AS (
    SELECT DISTINCT persona
    FROM person_labels
    WHERE persona NOT IN ('(none)', '(all)', '(unattributed)')
)
SELECT 0 AS persona_key, '(none)' AS persona
UNION ALL
SELECT CAST(ROW_NUMBER() OVER (ORDER BY persona) AS INTEGER), persona
FROM named
