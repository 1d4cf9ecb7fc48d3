-- person_nodes: one row per id that stands for a human anywhere in the input, whether or not its own table has it.
-- kind 0 is a contact, 1 a lead, 2 an anonymous id; node_key is dense, from 0, in the order of (kind, id).
CREATE TABLE person_nodes AS
WITH ids AS (
    SELECT 0 AS kind, contact_id AS id FROM contacts
    UNION SELECT 0, contact_id FROM touchpoints WHERE contact_id IS NOT NULL
    UNION SELECT 0, contact_id FROM opportunity_contacts
    UNION SELECT 0, contact_id FROM activities WHERE contact_id IS NOT NULL
    UNION SELECT 0, converted_contact_id FROM leads WHERE converted_contact_id IS NOT NULL
    UNION SELECT 0, entity_id FROM stage_history WHERE entity_type = 'contact'
    UNION SELECT 1, lead_id FROM leads
    UNION SELECT 1, lead_id FROM touchpoints WHERE lead_id IS NOT NULL
    UNION SELECT 1, lead_id FROM activities WHERE lead_id IS NOT NULL
    UNION SELECT 1, entity_id FROM stage_history WHERE entity_type = 'lead'
    UNION SELECT 2, anonymous_id FROM touchpoints WHERE anonymous_id IS NOT NULL
    UNION SELECT CASE kind WHEN 'lead' THEN 1 WHEN 'anonymous' THEN 2 ELSE 0 END, from_id FROM identity_map
    UNION SELECT CASE to_kind WHEN 'lead' THEN 1 ELSE 0 END, to_id FROM identity_map
)
SELECT CAST(ROW_NUMBER() OVER (ORDER BY kind, id) - 1 AS BIGINT) AS node_key, CAST(kind AS INTEGER) AS kind, id
FROM ids
