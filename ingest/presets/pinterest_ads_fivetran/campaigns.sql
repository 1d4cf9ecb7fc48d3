-- Campaigns: one row per campaign, its newest version.
SELECT id AS campaign_id, name AS name, 'Paid Social' AS channel, _file, _line
FROM campaign
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id
    ORDER BY TRY_CAST(_fivetran_synced AS TIMESTAMP) DESC NULLS LAST, _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC
) = 1
