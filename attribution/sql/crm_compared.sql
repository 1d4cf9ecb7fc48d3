-- crm_compared: one row per figure of the CRM (crm_claims), conversion of an opportunity in the
-- reporting period, and campaign or (for lead_source) channel (member_key) to which the CRM or the
-- primary model gives a part of it. It has both amounts in minor units, their difference (model
-- minus CRM, with 0 for a missing amount), and the reason: the first of crm_reason_labels that
-- applies. crm_total is the sum of all amounts that the CRM gives of this conversion. member_key is
-- 0 if touchpoints name no campaign or channel, and -1 for unattributed credit. minor is NULL if
-- the opportunity has no amount.
CREATE TABLE crm_compared AS
WITH placed AS (
    SELECT conversion_key, conversion_type, opportunity_type, opportunity_key, value_minor
    FROM conversions
    WHERE is_counted AND anchor_in_period AND opportunity_key IS NOT NULL
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
        placed.conversion_type, placed.opportunity_type, placed.opportunity_key, placed.value_minor,
        CASE WHEN placed.value_minor IS NOT NULL THEN paired.minor END AS minor,
        paired.minor - COALESCE(paired.crm_minor, 0) AS difference,
        SUM(paired.crm_minor) OVER (PARTITION BY paired.crm_figure, paired.conversion_key) AS crm_total,
        MAX(paired.crm_rows) OVER (PARTITION BY paired.crm_figure, paired.conversion_key) AS crm_named
    FROM paired
    INNER JOIN placed ON placed.conversion_key = paired.conversion_key
)
SELECT
    compared.crm_figure, compared.conversion_type, compared.opportunity_type, compared.conversion_key, compared.opportunity_key,
    compared.member_key, compared.value_minor, compared.crm_rows, compared.share_micros, compared.crm_minor, compared.crm_total, compared.touches,
    compared.minor, compared.difference,
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
