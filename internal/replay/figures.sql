-- One row per conversion, channel, campaign and reason that one model credits: the month of the
-- conversion in the reporting zone, minor units of the reporting currency, and millionths of one
-- conversion.
SELECT
    types.name AS conversion_type,
    conversions.opportunity_id,
    people.person_id,
    conversions.opportunity_type,
    CAST(DATE_TRUNC('month', conversions.anchor_day) AS DATE) AS month,
    channels.channel,
    campaigns.campaign_id,
    COALESCE(credit_rows.unattributed_reason, '') AS reason,
    CAST(SUM(COALESCE(credit_rows.<model>_minor, 0)) AS DECIMAL(38, 0)) AS minor,
    CAST(SUM(credit_rows.<model>_millionths) AS DECIMAL(38, 0)) AS millionths
FROM credit_rows
INNER JOIN conversions ON conversions.conversion_key = credit_rows.conversion_key
INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
LEFT JOIN people ON people.person_key = conversions.person_key
INNER JOIN channels ON channels.channel_key = credit_rows.channel_key
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = credit_rows.campaign_key
GROUP BY ALL
HAVING SUM(COALESCE(credit_rows.<model>_minor, 0)) <> 0 OR SUM(credit_rows.<model>_millionths) <> 0
