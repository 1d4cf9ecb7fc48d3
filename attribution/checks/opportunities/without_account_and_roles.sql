-- grain: opportunity_id
-- message: {opportunity has|opportunities have} neither an account nor roles, so no touchpoint can
--   reach {it|them}
-- severity: info
SELECT o.opportunity_id AS key, 1 AS n FROM opportunities AS o
WHERE o.account_id IS NULL AND NOT EXISTS (SELECT 1 FROM opportunity_contacts AS r WHERE r.opportunity_id = o.opportunity_id)
