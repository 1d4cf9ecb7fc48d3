-- grain: stage
-- message: {row|rows} of stage_history {has|have} a stage that is not in the funnel, won_stages or
--   lost_stages
-- severity: info
SELECT h.stage AS key, COUNT(*) AS n FROM stage_history AS h
INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
WHERE w.stage_position IS NULL AND NOT w.is_won AND NOT w.is_lost GROUP BY h.stage
