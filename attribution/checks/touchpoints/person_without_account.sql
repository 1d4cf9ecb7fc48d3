-- grain: touch_id
-- message: {touchpoint is|touchpoints are} of people without an account, who reach an opportunity
--   only through a role
-- severity: info
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE NOT has_account
