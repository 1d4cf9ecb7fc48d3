-- grain: contact_id
-- message: {row|rows} of opportunity_contacts {has|have} a contact_id that is in leads and not in
--   contacts
-- severity: warning
-- remedy: use the contact to which the lead was converted, or add the contact to contacts
-- money: the amounts of the opportunities, each once
WITH roles AS (
    SELECT r.contact_id, r.opportunity_id, ROW_NUMBER() OVER (PARTITION BY r.opportunity_id ORDER BY r.contact_id) AS place
    FROM opportunity_contacts AS r
    WHERE EXISTS (SELECT 1 FROM leads AS l WHERE l.lead_id = r.contact_id)
        AND NOT EXISTS (SELECT 1 FROM contacts AS c WHERE c.contact_id = r.contact_id)
        AND NOT EXISTS (SELECT 1 FROM identity_map AS i WHERE i.from_id = r.contact_id AND COALESCE(i.kind, 'contact') = 'contact')
)
SELECT r.contact_id AS key, COUNT(*) AS n,
    SUM(CASE WHEN r.place = 1 THEN CAST(v.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit END) AS micros
FROM roles AS r
CROSS JOIN settings AS g
LEFT JOIN conversions AS v ON v.opportunity_id = r.opportunity_id AND v.conversion_type = 0
GROUP BY r.contact_id
