-- person_personas: one row per person with a persona: that of its contacts or, of several contacts
-- that have one, of the contact created last, then of the greater id. persona_key is dense, from 1,
-- in the order of the personas.
CREATE TABLE person_personas AS
WITH named AS (
    SELECT
        p.person_key, c.persona,
        ROW_NUMBER() OVER (PARTITION BY p.person_key ORDER BY c.created_at DESC NULLS LAST, c.contact_id DESC) AS choice
    FROM contacts AS c
    INNER JOIN node_persons AS p ON p.id = c.contact_id AND p.kind = 0
    WHERE c.persona IS NOT NULL AND c.persona NOT IN ('(none)', '(all)', '(unattributed)')
)
SELECT person_key, persona, CAST(DENSE_RANK() OVER (ORDER BY persona) AS INTEGER) AS persona_key
FROM named
WHERE choice = 1
