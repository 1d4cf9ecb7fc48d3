-- person_nodes: one row per id anywhere in the input that identifies a person. kind 0 is a contact,
-- 1 a lead, 2 an anonymous id, 3 the account of touchpoints that name no person. node_key is dense,
-- from 0, in the order of (kind, id). is_record: contacts or leads has a row with this id.
CREATE TABLE person_nodes AS
WITH ids AS (
    SELECT 0 AS kind, contact_id AS id, TRUE AS is_record FROM contacts
    UNION ALL SELECT 0, contact_id, FALSE FROM touch_names WHERE contact_id IS NOT NULL
    UNION ALL SELECT 0, contact_id, FALSE FROM opportunity_contacts WHERE contact_id IS NOT NULL
    UNION ALL SELECT 1, lead_id, FALSE FROM opportunity_contacts WHERE contact_id IS NULL
    UNION ALL SELECT 0, contact_id, FALSE FROM account_contacts
    UNION ALL SELECT 0, contact_id, FALSE FROM activities WHERE contact_id IS NOT NULL
    UNION ALL SELECT 0, converted_contact_id, FALSE FROM leads WHERE converted_contact_id IS NOT NULL
    UNION ALL SELECT 0, entity_id, FALSE FROM stage_history WHERE entity_type = 'contact'
    UNION ALL SELECT 1, lead_id, TRUE FROM leads
    UNION ALL SELECT 1, lead_id, FALSE FROM touch_names WHERE lead_id IS NOT NULL
    UNION ALL SELECT 1, lead_id, FALSE FROM activities WHERE lead_id IS NOT NULL
    UNION ALL SELECT 1, entity_id, FALSE FROM stage_history WHERE entity_type = 'lead'
    UNION ALL SELECT 2, anonymous_id, FALSE FROM touch_names WHERE anonymous_id IS NOT NULL
    UNION ALL SELECT 3, account_id, FALSE FROM touch_names
        WHERE COALESCE(contact_id, lead_id, email, anonymous_id) IS NULL
    UNION ALL SELECT CASE kind WHEN 'lead' THEN 1 WHEN 'anonymous' THEN 2 ELSE 0 END, from_id, FALSE FROM identity_map
    UNION ALL SELECT CASE to_kind WHEN 'lead' THEN 1 ELSE 0 END, to_id, FALSE FROM identity_map
),
distinct_ids AS (
    SELECT kind, id, BOOL_OR(is_record) AS is_record
    FROM ids
    GROUP BY kind, id
)
SELECT CAST(ROW_NUMBER() OVER (ORDER BY kind, id) - 1 AS BIGINT) AS node_key, CAST(kind AS INTEGER) AS kind, id, is_record
FROM distinct_ids
