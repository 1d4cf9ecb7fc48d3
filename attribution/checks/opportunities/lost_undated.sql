-- grain: opportunity_id
-- message: {opportunity was|opportunities were} lost on an unknown day: {it is|they are} in no
--   stock and in no period of closes
-- severity: warning
-- remedy: export closed_at, or the row of stage_history with the lost stage
SELECT f.opportunity_id AS key, 1 AS n FROM opportunity_closes AS c
INNER JOIN opportunity_facts AS f ON f.opportunity_key = c.opportunity_key
WHERE c.outcome = 'lost' AND c.closed_us IS NULL
