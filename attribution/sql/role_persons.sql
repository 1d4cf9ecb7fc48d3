-- role_persons: one row per row of opportunity_contacts: the opportunity, and the person who has a
-- role in it. The person is that of the contact or, if the row names no contact, that of the lead.
CREATE TABLE role_persons AS
SELECT r.opportunity_id, p.person_key
FROM opportunity_contacts AS r
INNER JOIN node_persons AS p
    ON p.id = COALESCE(r.contact_id, r.lead_id) AND p.kind = CASE WHEN r.contact_id IS NULL THEN 1 ELSE 0 END
