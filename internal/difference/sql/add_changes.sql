-- Stores the differences between the current figures and those of the next step, under {cause}.
INSERT INTO changes
SELECT {cause}, conversion_type, opportunity_id, person_id, opportunity_type, month, channel, campaign_id, reason,
    CAST(SUM(minor) AS DECIMAL(38, 0)), CAST(SUM(millionths) AS DECIMAL(38, 0))
FROM (SELECT * FROM next UNION ALL SELECT * REPLACE (-minor AS minor, -millionths AS millionths) FROM reached)
GROUP BY ALL
HAVING SUM(minor) <> 0 OR SUM(millionths) <> 0
