-- grain: opportunity_id
-- message: {opportunity was|opportunities were} closed by as-of in a stage that is neither a won
--   nor a lost stage, and {counts|count} as open
-- severity: warning
-- remedy: add the stage to opportunities.won_stages or opportunities.lost_stages
SELECT o.opportunity_id AS key, 1 AS n FROM opportunities AS o
INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage
CROSS JOIN settings AS g
WHERE o.is_won IS NULL AND o.is_closed IS NULL AND NOT w.is_won AND NOT w.is_lost AND (EPOCH_US(o.closed_at) - o.closed_at_span_us) <= g.as_of_us
