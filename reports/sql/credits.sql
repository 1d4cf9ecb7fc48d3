-- One row per conversion and touchpoint of its journey, or conversion and the reason for which no
-- touchpoint earns (part of) it: by model the money in minor units of the reporting currency (NULL
-- where the amount is missing) and the count credit in millionths of one conversion.
SELECT
    conversion_types.name AS conversion_type,
    conversions.opportunity_id,
    conversions.opportunity_type,
    MAKE_TIMESTAMP(conversions.anchor_us) AS converted_at,
    report_period.currency,
    conversions.value_minor,
    journeys.path,
    touch_rows.touch_id,
    MAKE_TIMESTAMP(credit_rows.occurred_us) AS occurred_at,
    channels.channel,
    campaigns.campaign_id,
    credit_rows.match_method,
    credit_rows.unattributed_reason,
    credit_rows.* EXCLUDE (
        conversion_key, position, touch_row, occurred_us, channel_key, campaign_key, match_method, unattributed_reason
    ),
    people.person_id
FROM credit_rows
INNER JOIN conversions ON conversions.conversion_key = credit_rows.conversion_key
INNER JOIN journeys ON journeys.conversion_key = credit_rows.conversion_key
INNER JOIN conversion_types ON conversion_types.conversion_type = conversions.conversion_type
CROSS JOIN report_period
LEFT JOIN people ON people.person_key = conversions.person_key
INNER JOIN channels ON channels.channel_key = credit_rows.channel_key
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = credit_rows.campaign_key
LEFT JOIN touch_rows ON touch_rows.touch_row = credit_rows.touch_row
ORDER BY credit_rows.conversion_key, credit_rows.position NULLS LAST
