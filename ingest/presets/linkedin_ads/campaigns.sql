-- Campaigns: one row per campaign.
SELECT
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, "Campaign Name" AS name,
    'Paid Social' AS channel, _file, _line
FROM export
WHERE NOT (
    COALESCE("Start Date (in UTC)", '') ILIKE 'Total%'
    OR ("Start Date (in UTC)" IS NULL AND "Campaign Name" IS NULL)
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE("Campaign ID", "Campaign Name") ORDER BY _file DESC, _line DESC) = 1
