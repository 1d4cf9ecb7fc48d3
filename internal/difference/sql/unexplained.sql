-- The number of figures whose changes by cause do not add up to the difference between the
-- published runs; it must be 0.
SELECT COUNT(*) FROM (
    SELECT conversion_type, opportunity_id, person_id, opportunity_type, month, channel, campaign_id, reason
    FROM (
        SELECT * FROM before
        UNION ALL SELECT * EXCLUDE (cause) FROM changes
        UNION ALL SELECT * REPLACE (-minor AS minor, -millionths AS millionths) FROM after
    )
    GROUP BY ALL
    HAVING SUM(minor) IS DISTINCT FROM 0 OR SUM(millionths) IS DISTINCT FROM 0
)
