-- grain: entity_id
-- message: {row|rows} of stage_history {is|are} after as-of
-- severity: info
SELECT h.entity_id AS key, COUNT(*) AS n FROM stage_history AS h
CROSS JOIN settings AS g WHERE EPOCH_US(h.entered_at) > g.as_of_us GROUP BY h.entity_id
