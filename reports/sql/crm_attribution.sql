-- grain: crm_figure, conversion_type, opportunity_id, campaign_id, channel
-- What the CRM itself credits to each campaign, or lead source, of an opportunity, beside the credit
-- of the primary model, with the reason for every difference. Conversions are those of the reporting
-- period. A figure that the input does not have (crm_influence, primary_campaign_id, leads.source)
-- has no rows. For each figure, `amount` adds up to the total of the reconciliation.
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
--     touchpoint earns. `(all)`: of lead_source, which names channels
--   campaign_name | text | its name
--   channel | text | the campaign's own channel, `(none)` without one; of lead_source the channel that is compared
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
--   crm_primary_campaign_id | text | the primary campaign of the opportunity
--   crm_lead_source | text | the channel of its lead source
WITH placed AS (
    SELECT conversions.conversion_key, conversion_types.name AS conversion_type, conversions.opportunity_key, conversions.value_minor
    FROM conversions
    INNER JOIN conversion_types ON conversion_types.conversion_type = conversions.conversion_type
    WHERE conversions.is_counted AND conversions.anchor_in_period AND conversions.opportunity_key IS NOT NULL
),
figures AS (
    SELECT DISTINCT crm_figure, crm_figure = 'lead_source' AS by_channel FROM crm_claims
),
credited AS (
    SELECT FALSE AS by_channel, conversion_key, campaign_key AS member_key, touches, minor, millionths FROM journey_credit
    UNION ALL
    SELECT TRUE, conversion_key, channel_key, touches, minor, millionths FROM journey_credit
),
left_over AS (
    SELECT placed.conversion_key, placed.value_minor - COALESCE(SUM(credited.minor), 0) AS minor
    FROM placed
    LEFT JOIN journey_credit AS credited ON credited.conversion_key = placed.conversion_key
    GROUP BY placed.conversion_key, placed.value_minor
),
ours AS (
    SELECT
        figures.crm_figure, credited.conversion_key, credited.member_key, SUM(credited.touches) AS touches, SUM(credited.minor) AS minor,
        SUM(credited.minor) <> 0 OR SUM(credited.millionths) <> 0 AS is_credited
    FROM credited
    INNER JOIN figures ON figures.by_channel = credited.by_channel
    GROUP BY figures.crm_figure, credited.conversion_key, credited.member_key
    UNION ALL
    SELECT figures.crm_figure, left_over.conversion_key, -1, 0, left_over.minor, TRUE
    FROM left_over
    CROSS JOIN figures
    WHERE left_over.minor <> 0
),
paired AS (
    SELECT
        COALESCE(claims.crm_figure, ours.crm_figure) AS crm_figure,
        COALESCE(claims.conversion_key, ours.conversion_key) AS conversion_key,
        COALESCE(claims.campaign_key, claims.channel_key, ours.member_key) AS member_key,
        COALESCE(claims.influence_rows, 0) AS crm_rows, claims.share_micros, claims.minor AS crm_minor,
        COALESCE(ours.touches, 0) AS touches, COALESCE(ours.minor, 0) AS minor, COALESCE(ours.is_credited, FALSE) AS is_credited
    FROM crm_claims AS claims
    FULL OUTER JOIN ours
        ON ours.crm_figure = claims.crm_figure AND ours.conversion_key = claims.conversion_key
        AND ours.member_key = COALESCE(claims.campaign_key, claims.channel_key)
    WHERE claims.conversion_key IS NOT NULL OR ours.is_credited
),
compared AS (
    SELECT
        paired.* EXCLUDE (minor),
        placed.conversion_type, placed.opportunity_key, placed.value_minor,
        CASE WHEN placed.value_minor IS NOT NULL THEN paired.minor END AS minor,
        paired.minor - COALESCE(paired.crm_minor, 0) AS difference,
        SUM(paired.crm_minor) OVER (PARTITION BY paired.crm_figure, paired.conversion_key) AS crm_total,
        MAX(paired.crm_rows) OVER (PARTITION BY paired.crm_figure, paired.conversion_key) AS crm_named
    FROM paired
    INNER JOIN placed ON placed.conversion_key = paired.conversion_key
),
explained AS (
    SELECT
        compared.*,
        CASE
            WHEN compared.value_minor IS NULL THEN 'amount_missing'
            WHEN compared.difference = 0 THEN 'same'
            WHEN compared.is_credited AND compared.crm_minor <> 0 AND (
                ABS(compared.difference) <= 1 OR ABS(CAST(compared.difference AS HUGEINT)) * 10000 <= ABS(CAST(compared.value_minor AS HUGEINT))
            ) THEN 'rounding'
            WHEN compared.is_credited AND compared.crm_minor <> 0 THEN 'other_weights'
            WHEN compared.crm_minor <> 0 THEN reasons.reason
            WHEN compared.member_key = -1 THEN 'unattributed'
            WHEN compared.crm_named = 0 THEN 'nothing_in_crm'
            WHEN compared.crm_rows > 0 THEN 'crm_share_zero'
            WHEN compared.member_key = 0 THEN 'no_campaign'
            ELSE 'not_in_crm'
        END AS reason
    FROM compared
    LEFT JOIN crm_reasons AS reasons
        ON reasons.conversion_key = compared.conversion_key
        AND COALESCE(reasons.campaign_key, reasons.channel_key) = compared.member_key
        AND (reasons.channel_key IS NOT NULL) = (compared.crm_figure = 'lead_source')
),
roles AS (
    SELECT opportunity_id, campaign_id, STRING_AGG(role, ', ' ORDER BY role) AS crm_roles
    FROM (SELECT DISTINCT opportunity_id, campaign_id, role FROM crm_influence WHERE role IS NOT NULL)
    GROUP BY opportunity_id, campaign_id
)
SELECT
    explained.crm_figure,
    explained.conversion_type,
    report_period.period_start,
    report_period.period_end,
    facts.opportunity_id,
    opportunities.name AS opportunity_name,
    facts.opportunity_type,
    models.model,
    report_period.currency,
    money(explained.value_minor) AS opportunity_amount,
    COALESCE(campaigns.campaign_id, '(all)') AS campaign_id,
    campaigns.campaign_name,
    COALESCE(channels.channel, CASE WHEN campaigns.campaign_key = -1 THEN '(unattributed)' ELSE '(none)' END) AS channel,
    CAST(explained.crm_rows AS BIGINT) AS crm_rows,
    CASE WHEN explained.crm_figure = 'influence' THEN roles.crm_roles END AS crm_roles,
    CASE
        WHEN explained.crm_rows = 0 THEN NULL
        WHEN explained.share_micros IS NOT NULL THEN units(explained.share_micros)
        ELSE ratio(CAST(explained.crm_minor AS HUGEINT), CAST(explained.value_minor AS HUGEINT))
    END AS crm_share,
    money(explained.crm_minor) AS crm_amount,
    CAST(explained.touches AS BIGINT) AS touches,
    ratio(CAST(explained.minor AS HUGEINT), CAST(explained.value_minor AS HUGEINT)) AS share,
    money(explained.minor) AS amount,
    money(explained.difference) AS difference,
    explained.reason,
    CASE explained.reason
        WHEN 'amount_missing' THEN 'The opportunity has no amount'
        WHEN 'same' THEN 'Same amount'
        WHEN 'rounding' THEN 'Rounding: at most 0.01 % of the opportunity'
        WHEN 'other_weights' THEN 'Both credit it, with other shares'
        WHEN 'no_weight_in_model' THEN 'In the journey, but the model gives it no weight'
        WHEN 'touch_not_a_response' THEN 'Its touchpoints are no responses (sent, invited)'
        WHEN 'touch_excluded' THEN 'Its touchpoints are excluded'
        WHEN 'after_conversion' THEN 'Its touchpoints came after the conversion'
        WHEN 'before_lookback' THEN 'Its touchpoints came before the look-back'
        WHEN 'role_missing' THEN 'Only people without a role touched it'
        WHEN 'other_people' THEN 'Only people outside of the account touched it'
        WHEN 'no_touches' THEN 'It has no touchpoint in the input'
        WHEN 'unattributed' THEN 'No touchpoint earns it'
        WHEN 'nothing_in_crm' THEN CASE explained.crm_figure
            WHEN 'lead_source' THEN 'The CRM has no lead source for the opportunity' ELSE 'The CRM names no campaign for the opportunity' END
        WHEN 'crm_share_zero' THEN 'The CRM names it with 0 %'
        WHEN 'no_campaign' THEN CASE explained.crm_figure
            WHEN 'lead_source' THEN 'Touchpoints without a channel' ELSE 'Touchpoints without a campaign' END
        WHEN 'not_in_crm' THEN CASE explained.crm_figure
            WHEN 'lead_source' THEN 'The CRM has another lead source'
            WHEN 'primary_campaign' THEN 'The CRM names another primary campaign' ELSE 'The CRM has no row for it' END
    END AS reason_label,
    money(explained.crm_total) AS crm_total,
    facts.primary_campaign_id AS crm_primary_campaign_id,
    sources.channel AS crm_lead_source
FROM explained
CROSS JOIN report_period
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_facts AS facts ON facts.opportunity_key = explained.opportunity_key
INNER JOIN opportunities ON opportunities.opportunity_id = facts.opportunity_id
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = explained.member_key AND explained.crm_figure <> 'lead_source'
LEFT JOIN channels
    ON channels.channel_key = CASE WHEN explained.crm_figure = 'lead_source' THEN explained.member_key ELSE campaigns.channel_key END
LEFT JOIN roles ON roles.opportunity_id = facts.opportunity_id AND roles.campaign_id = campaigns.campaign_id
LEFT JOIN opportunity_lead_sources AS recorded ON recorded.opportunity_key = explained.opportunity_key
LEFT JOIN channels AS sources ON sources.channel_key = recorded.channel_key
ORDER BY
    explained.crm_figure, explained.conversion_type, facts.opportunity_id, explained.member_key = -1, explained.member_key = 0,
    explained.member_key
