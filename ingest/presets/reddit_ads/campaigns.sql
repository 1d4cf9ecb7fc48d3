-- Campaigns: one row per campaign. Totals are left out.
SELECT
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, "Campaign Name" AS name,
    'Paid Social' AS channel, _file, _line
FROM export
WHERE "Campaign Name" IS NOT NULL AND COALESCE("Date", '') NOT ILIKE 'Total%'
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE("Campaign ID", "Campaign Name") ORDER BY _file DESC, _line DESC) = 1
