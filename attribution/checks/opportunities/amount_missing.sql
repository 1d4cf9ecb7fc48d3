-- grain: opportunity_id
-- message: {opportunity has|opportunities have} no amount; {it counts|they count} as {an
--   opportunity but adds|opportunities but add} no revenue
-- severity: warning
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE amount_minor IS NULL
