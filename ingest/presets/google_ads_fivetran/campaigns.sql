-- Campaigns: one row per campaign, its newest version.
SELECT
    id AS campaign_id, name,
    CASE advertising_channel_type
        WHEN 'DISPLAY' THEN 'Display'
        WHEN 'VIDEO' THEN 'Paid Video'
        WHEN 'SHOPPING' THEN 'Paid Shopping'
        WHEN 'PERFORMANCE_MAX' THEN 'Cross-network'
        WHEN 'DEMAND_GEN' THEN 'Cross-network'
        WHEN 'DISCOVERY' THEN 'Cross-network'
        WHEN 'SMART' THEN 'Cross-network'
        WHEN 'MULTI_CHANNEL' THEN 'Cross-network'
        WHEN 'LOCAL' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    _file, _line
FROM campaign
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id
    ORDER BY TRY_CAST(updated_at AS TIMESTAMP) DESC NULLS LAST, updated_at DESC NULLS LAST, _file DESC, _line DESC
) = 1
