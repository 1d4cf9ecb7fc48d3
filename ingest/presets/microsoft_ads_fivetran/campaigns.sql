-- Campaigns: one row per campaign, its newest version.
SELECT id AS campaign_id, name AS name, CASE type
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel, _file, _line
FROM campaign
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id
    ORDER BY TRY_CAST(modified_time AS TIMESTAMP) DESC NULLS LAST, modified_time DESC NULLS LAST, _file DESC, _line DESC
) = 1
