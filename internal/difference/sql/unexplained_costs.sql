-- The number of costs whose changes by cause do not add up to the difference between the published
-- runs; it must be 0.
SELECT COUNT(*) FROM (
    SELECT month, channel, campaign_id
    FROM (SELECT * FROM cost_before UNION ALL SELECT * EXCLUDE (cause) FROM cost_changes UNION ALL SELECT * REPLACE (-micros AS micros) FROM cost_after)
    GROUP BY ALL
    HAVING SUM(micros) IS DISTINCT FROM 0
)
