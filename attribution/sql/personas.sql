-- personas: one row per persona of a person; persona_key 0 is "(none)".
CREATE TABLE personas AS
SELECT 0 AS persona_key, '(none)' AS persona
UNION ALL
SELECT DISTINCT persona_key, persona
FROM person_personas
