-- opportunity_personas: one row per opportunity of the reports with a primary contact: the persona
-- of this contact. If there are several primary contacts, the first one counts: contacts before
-- leads, then in the order of ids.
CREATE TABLE opportunity_personas AS
WITH primary_roles AS (
    SELECT
        roles.opportunity_id, nodes.person_key,
        ROW_NUMBER() OVER (
            PARTITION BY roles.opportunity_id ORDER BY roles.contact_id NULLS LAST, roles.lead_id NULLS LAST
        ) AS choice
    FROM opportunity_contacts AS roles
    INNER JOIN node_persons AS nodes
        ON nodes.id = COALESCE(roles.contact_id, roles.lead_id) AND nodes.kind = CASE WHEN roles.contact_id IS NULL THEN 1 ELSE 0 END
    WHERE roles.is_primary
)
SELECT primary_roles.opportunity_id, people.persona
FROM primary_roles
INNER JOIN person_labels AS people ON people.person_key = primary_roles.person_key
WHERE primary_roles.choice = 1
