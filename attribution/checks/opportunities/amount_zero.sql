-- grain: opportunity_id
-- message: {opportunity has|opportunities have} the amount 0; {it counts|they count} as {an
--   opportunity but adds|opportunities but add} no revenue
-- severity: info
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE amount_minor = 0
