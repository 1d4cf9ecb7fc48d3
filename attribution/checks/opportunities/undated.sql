-- grain: opportunity_id
-- message: {opportunity has|opportunities have} no created_at: {it is|they are} in no pipeline and
--   no cohort, and {its|their} revenue looks back from the close
-- severity: warning
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE created_at IS NULL
