-- Campaigns: one row per campaign. The summary row has no campaign name.
SELECT
    COALESCE("Campaign ID", "Campaign name") AS campaign_id, "Campaign name" AS name,
    'Paid Social' AS channel, _file, _line
FROM export
WHERE "Campaign name" IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE("Campaign ID", "Campaign name") ORDER BY _file DESC, _line DESC) = 1
