-- grain: crm_figure, conversion_type, opportunity_type, campaign_id, channel, reason
-- What crm_attribution compares, added up by campaign (of lead_source by channel) and reason. The reason
-- `(all)` is the sum of the others, and the campaign and channel `(all)` the sum of the others: sum
-- rows of one kind, never across kinds.
-- shows: crm_figure, conversion_type, campaign_id, channel, opportunities, crm_amount, amount,
--   difference, reason_label
-- default: conversion_type = revenue, opportunity_type = new_business, crm_figure = influence,
--   reason = (all)
-- bar: difference
-- columns:
--   crm_figure | text | what the CRM says: `influence`, `primary_campaign` or `lead_source`
--   conversion_type | text | `pipeline`: every opportunity, by its creation; `revenue`: won ones
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the primary model
--   currency | text | the reporting currency
--   campaign_id | text | the campaign, `(none)` or `(unattributed)`. `(all)`: over all, and of
--     lead_source always
--   campaign_name | text | its name
--   channel | text | the campaign's own channel; of lead_source the channel that is compared. `(all)`:
--     over all
--   reason | text | why CRM and model differ: see docs/crm_attribution.md. `(all)`: the sum of all reasons
--   reason_label | text | the same in words
--   opportunities | opportunities | opportunities compared in this row, each once
--   crm_amount | money | what the CRM gives
--   amount | money | credit of the primary model
--   difference | money | `amount` - `crm_amount`
WITH by_reason AS (
    SELECT
        crm_figure, conversion_type, opportunity_type, member_key, reason, COUNT(*) AS opportunities,
        SUM(COALESCE(crm_minor, 0)) AS crm_minor, SUM(COALESCE(minor, 0)) AS minor, SUM(difference) AS difference
    FROM crm_compared
    GROUP BY crm_figure, conversion_type, opportunity_type, member_key, reason
),
-- An opportunity has one row per campaign, so that those of a campaign add up over reasons, and those
-- of a reason do not over campaigns.
over_campaigns AS (
    SELECT crm_figure, conversion_type, opportunity_type, reason, COUNT(DISTINCT conversion_key) AS opportunities
    FROM crm_compared
    GROUP BY GROUPING SETS ((crm_figure, conversion_type, opportunity_type, reason), (crm_figure, conversion_type, opportunity_type))
),
rolled_up AS (
    SELECT
        crm_figure, conversion_type, opportunity_type, member_key, reason, GROUPING(member_key) = 1 AS is_total, SUM(opportunities) AS opportunities,
        SUM(crm_minor) AS crm_minor, SUM(minor) AS minor, SUM(difference) AS difference
    FROM by_reason
    GROUP BY GROUPING SETS (
        (crm_figure, conversion_type, opportunity_type), (crm_figure, conversion_type, opportunity_type, reason),
        (crm_figure, conversion_type, opportunity_type, member_key), (crm_figure, conversion_type, opportunity_type, member_key, reason)
    )
)
SELECT
    rolled_up.crm_figure,
    conversion_types.name AS conversion_type,
    report_period.period_start,
    report_period.period_end,
    rolled_up.opportunity_type,
    models.model,
    report_period.currency,
    COALESCE(campaigns.campaign_id, '(all)') AS campaign_id,
    campaigns.campaign_name,
    CASE
        WHEN rolled_up.is_total THEN '(all)'
        ELSE COALESCE(channels.channel, CASE rolled_up.member_key WHEN -1 THEN '(unattributed)' ELSE '(none)' END)
    END AS channel,
    COALESCE(rolled_up.reason, '(all)') AS reason,
    COALESCE(labels.label, 'All reasons') AS reason_label,
    CAST(CASE WHEN rolled_up.is_total THEN over_campaigns.opportunities ELSE rolled_up.opportunities END AS BIGINT) AS opportunities,
    money(rolled_up.crm_minor) AS crm_amount,
    money(rolled_up.minor) AS amount,
    money(rolled_up.difference) AS difference
FROM rolled_up
CROSS JOIN report_period
INNER JOIN conversion_types ON conversion_types.conversion_type = rolled_up.conversion_type
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = rolled_up.opportunity_type
LEFT JOIN over_campaigns
    ON over_campaigns.crm_figure = rolled_up.crm_figure AND over_campaigns.conversion_type = rolled_up.conversion_type
    AND over_campaigns.opportunity_type = rolled_up.opportunity_type AND over_campaigns.reason IS NOT DISTINCT FROM rolled_up.reason
LEFT JOIN crm_reason_labels AS labels ON labels.crm_figure = rolled_up.crm_figure AND labels.reason = rolled_up.reason
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = rolled_up.member_key AND rolled_up.crm_figure <> 'lead_source'
LEFT JOIN channels
    ON channels.channel_key = CASE WHEN rolled_up.crm_figure = 'lead_source' THEN rolled_up.member_key ELSE campaigns.channel_key END
ORDER BY
    rolled_up.crm_figure, rolled_up.conversion_type, opportunity_types.position, rolled_up.is_total DESC, rolled_up.member_key <= 0,
    ABS(rolled_up.member_key), rolled_up.reason IS NOT NULL, labels.position
