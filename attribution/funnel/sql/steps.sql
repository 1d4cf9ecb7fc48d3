-- One row per step of the buying group that selects any persons, in order.
SELECT CAST(uses_roles AS BIGINT) AS uses_roles, CAST(uses_account AS BIGINT) AS uses_account
FROM group_steps
WHERE uses_roles OR uses_account
ORDER BY step
