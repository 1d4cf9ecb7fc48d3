-- plan_deals: one row per opportunity of new business that was won in the 365 days before as-of:
-- its amount (NULL: missing), and the channel of its earliest lead (-1: none). The leads of an
-- opportunity are the persons with a role who were leads when it was won.
CREATE TABLE plan_deals AS
WITH won AS (
    SELECT conversions.opportunity_key, conversions.anchor_until_us AS won_until_us, conversions.value_minor
    FROM conversions
    SEMI JOIN opportunity_labels AS labels ON labels.opportunity_key = conversions.opportunity_key
    CROSS JOIN settings
    WHERE conversions.conversion_type = 1 AND conversions.is_counted AND conversions.opportunity_type = 'new_business'
        AND conversions.anchor_us >= settings.as_of_us - 365 * 86400000000
),
sources AS (
    SELECT won.opportunity_key, roles.channel_key, ROW_NUMBER() OVER (PARTITION BY won.opportunity_key ORDER BY roles.lead_us, roles.person_key) AS place
    FROM won
    INNER JOIN plan_roles AS roles ON roles.opportunity_key = won.opportunity_key AND roles.lead_from_us <= won.won_until_us
)
SELECT won.opportunity_key, won.value_minor, COALESCE(sources.channel_key, -1) AS channel_key
FROM won
LEFT JOIN sources ON sources.opportunity_key = won.opportunity_key AND sources.place = 1
