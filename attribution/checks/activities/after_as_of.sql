-- grain: activity_id
-- message: {activity is|activities are} after as-of
-- severity: info
SELECT a.activity_id AS key, 1 AS n FROM activities AS a CROSS JOIN settings AS g WHERE EPOCH_US(a.occurred_at) > g.as_of_us
