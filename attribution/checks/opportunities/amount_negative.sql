-- grain: opportunity_id
-- message: {opportunity has|opportunities have} a negative amount and {reverses|reverse} no other
--   opportunity; {it counts|they count} as {an opportunity|opportunities}
-- severity: info
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE amount_minor < 0 AND reverses_opportunity_id IS NULL
