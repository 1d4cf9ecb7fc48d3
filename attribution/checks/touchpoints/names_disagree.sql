-- grain: touch_id
-- message: {touchpoint names|touchpoints name} two different people; the first of contact_id,
--   lead_id, email, anonymous_id counts
-- severity: warning
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE names_disagree
