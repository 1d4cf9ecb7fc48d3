-- grain: opportunity_id
-- message: {opportunity was closed before it was|opportunities were closed before they were}
--   created
-- severity: warning
SELECT opportunity_id AS key, 1 AS n
FROM opportunities
WHERE EPOCH_US(closed_at) < (EPOCH_US(created_at) - created_at_span_us)
