-- grain: touch_id
-- message: {touchpoint is|touchpoints are} of people who are neither in contacts nor in leads
-- severity: info
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE NOT is_recorded
