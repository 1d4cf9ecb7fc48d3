-- Stores the differences between the current costs and those of the next step, under {cause}.
INSERT INTO cost_changes
SELECT {cause}, month, channel, campaign_id, CAST(SUM(micros) AS DECIMAL(38, 0))
FROM (SELECT * FROM cost_next UNION ALL SELECT * REPLACE (-micros AS micros) FROM cost_reached)
GROUP BY ALL
HAVING SUM(micros) <> 0
