-- grain: opportunity_id
-- message: {opportunity reverses|opportunities reverse} another one with a positive amount; like
--   every reversal, {it does|they do} not count as {an opportunity|opportunities}
-- severity: warning
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE reverses_opportunity_id IS NOT NULL AND amount_minor > 0
