-- grain: crm_figure, conversion_type, opportunity_id, campaign_id, channel
-- What the CRM itself credits to each campaign, or lead source, of an opportunity, beside the credit
-- of the primary model, with the reason for every difference. Conversions are those of the reporting
-- period. A figure that the input does not have (crm_influence, primary_campaign_id, leads.source)
-- has no rows. For each figure, `amount` adds up to the total of the reconciliation. A primary
-- campaign or lead source takes the whole amount, so the others are one row, `(other)`;
-- crm_attribution_campaigns has each.
-- shows: crm_figure, conversion_type, opportunity_id, campaign_id, channel, crm_amount, amount,
--   difference, reason_label, opportunity_amount, crm_share, share, touches, crm_roles
-- default: conversion_type = revenue, opportunity_type = new_business, crm_figure = influence
-- columns:
--   crm_figure | text | what the CRM says: `influence` (crm_influence), `primary_campaign` (the whole
--     amount to the opportunity's primary_campaign_id) or `lead_source` (the whole amount to the
--     channel of the source of its first lead)
--   conversion_type | text | `pipeline`: every opportunity, by its creation; `revenue`: won ones
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_id | text | the opportunity
--   opportunity_name | text | its name
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the primary model
--   currency | text | the reporting currency
--   opportunity_amount | money | the amount of the conversion, converted once. Empty: it is missing
--   campaign_id | text | the campaign. `(none)`: touchpoints without one. `(unattributed)`: what no
--     touchpoint earns. `(other)`: campaigns that the CRM does not name as primary. `(all)`: of
--     lead_source, which names channels
--   campaign_name | text | its name
--   channel | text | the campaign's own channel, `(none)` without one; of lead_source the channel that is
--     compared, `(other)`: channels that are not the lead source
--   crm_rows | count | rows of crm_influence that were added up; 1 of a primary campaign or lead
--     source. 0: the CRM does not name the campaign for this opportunity
--   crm_roles | text | the roles of these rows, each once
--   crm_share | share | what the CRM gives, as a share of `opportunity_amount`: the sum of the shares
--     that it has, or its amount divided by that of the opportunity. Empty: it names nothing
--   crm_amount | money | the same in money, by the allocation rule
--   touches | touchpoints | touchpoints of the campaign (or channel) in the journey
--   share | share | `amount` divided by `opportunity_amount`
--   amount | money | credit of the primary model
--   difference | money | `amount` - `crm_amount`; an empty amount counts as 0
--   reason | text | why they differ, the first that applies: see docs/crm_attribution.md
--   reason_label | text | the same in words
--   crm_total | money | what the CRM gives to all campaigns of this opportunity: not equal to
--     `opportunity_amount` if its shares do not add up to 100 %
WITH merged AS (
    SELECT
        crm_figure, conversion_type, conversion_key, opportunity_key, value_minor, crm_total,
        CASE WHEN crm_figure = 'influence' OR crm_rows > 0 OR member_key <= 0 THEN member_key ELSE -2 END AS member_key,
        MAX(crm_rows) AS crm_rows, MAX(share_micros) AS share_micros, SUM(crm_minor) AS crm_minor, SUM(touches) AS touches,
        SUM(minor) AS minor, SUM(difference) AS difference, COALESCE(MIN(reason) FILTER (WHERE reason <> 'same'), 'same') AS reason
    FROM crm_compared
    GROUP BY ALL
),
roles AS (
    SELECT opportunity_id, campaign_id, STRING_AGG(role, ', ' ORDER BY role) AS crm_roles
    FROM (SELECT DISTINCT opportunity_id, campaign_id, role FROM crm_influence WHERE role IS NOT NULL)
    GROUP BY opportunity_id, campaign_id
)
SELECT
    merged.crm_figure,
    conversion_types.name AS conversion_type,
    report_period.period_start,
    report_period.period_end,
    facts.opportunity_id,
    opportunities.name AS opportunity_name,
    facts.opportunity_type,
    models.model,
    report_period.currency,
    money(merged.value_minor) AS opportunity_amount,
    CASE WHEN merged.crm_figure = 'lead_source' THEN '(all)' ELSE COALESCE(campaigns.campaign_id, '(other)') END AS campaign_id,
    campaigns.campaign_name,
    COALESCE(channels.channel, CASE merged.member_key WHEN -1 THEN '(unattributed)' WHEN -2 THEN '(other)' ELSE '(none)' END) AS channel,
    CAST(merged.crm_rows AS BIGINT) AS crm_rows,
    CASE WHEN merged.crm_figure = 'influence' THEN roles.crm_roles END AS crm_roles,
    CASE
        WHEN merged.crm_rows = 0 THEN NULL
        WHEN merged.share_micros IS NOT NULL THEN units(merged.share_micros)
        ELSE ratio(CAST(merged.crm_minor AS HUGEINT), CAST(merged.value_minor AS HUGEINT))
    END AS crm_share,
    money(merged.crm_minor) AS crm_amount,
    CAST(merged.touches AS BIGINT) AS touches,
    ratio(CAST(merged.minor AS HUGEINT), CAST(merged.value_minor AS HUGEINT)) AS share,
    money(merged.minor) AS amount,
    money(merged.difference) AS difference,
    merged.reason,
    labels.label AS reason_label,
    money(merged.crm_total) AS crm_total
FROM merged
CROSS JOIN report_period
INNER JOIN conversion_types ON conversion_types.conversion_type = merged.conversion_type
INNER JOIN models ON models.position = 0
INNER JOIN crm_reason_labels AS labels ON labels.crm_figure = merged.crm_figure AND labels.reason = merged.reason
INNER JOIN opportunity_facts AS facts ON facts.opportunity_key = merged.opportunity_key
INNER JOIN opportunities ON opportunities.opportunity_id = facts.opportunity_id
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = merged.member_key AND merged.crm_figure <> 'lead_source'
LEFT JOIN channels
    ON channels.channel_key = CASE WHEN merged.crm_figure = 'lead_source' THEN merged.member_key ELSE campaigns.channel_key END
LEFT JOIN roles ON roles.opportunity_id = facts.opportunity_id AND roles.campaign_id = campaigns.campaign_id
ORDER BY
    merged.crm_figure, merged.conversion_type, merged.opportunity_key, merged.member_key <= 0, ABS(merged.member_key)
