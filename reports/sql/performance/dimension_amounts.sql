-- dimension_amounts: one row or more per dimension, value, slice (basis, opportunity type and model)
-- and measure: what was credited and spent in the reporting period. Channels, campaigns and what
-- campaigns are added up to have cost; the others have none, since costs are booked at a campaign or
-- channel. Credit that no touchpoint earned is (unattributed) in every dimension.
CREATE VIEW dimension_amounts AS
WITH whole AS (
    SELECT totals.grain, totals.slice_key, totals.campaign_key, totals.channel_key, totals.measure, totals.amount
    FROM performance_totals AS totals
    SEMI JOIN calendar_periods AS periods ON periods.period_key = totals.period_key AND periods.period_type = 'all'
    WHERE totals.grain IN ('channel', 'campaign')
),
earned AS (
    SELECT
        slices.slice_key, credit.dimension, credit.member_key, measures.measure,
        CASE measures.counts WHEN 'minor' THEN credit.minor ELSE credit.millionths END AS amount
    FROM dimension_credit AS credit
    INNER JOIN performance_slices AS slices
        ON slices.basis = credit.basis AND slices.opportunity_type = credit.opportunity_type AND slices.model = credit.model
    INNER JOIN performance_measures AS measures
        ON measures.conversion_type = credit.conversion_type AND (credit.is_open OR NOT measures.only_open)
    WHERE NOT measures.is_further
),
members AS (
    SELECT DISTINCT dimension, member_key, value FROM dimension_members
),
own_dimensions AS (
    SELECT UNNEST(['asset', 'source', 'medium', 'persona', 'segment', 'industry', 'account', 'parent_account', 'owner']) AS dimension
)
SELECT 'channel' AS dimension, channels.channel AS value, whole.slice_key, whole.measure, CAST(whole.amount AS HUGEINT) AS amount
FROM whole
INNER JOIN channels ON channels.channel_key = whole.channel_key
WHERE whole.grain = 'channel'
UNION ALL
SELECT 'campaign', campaigns.campaign_id, whole.slice_key, whole.measure, CAST(whole.amount AS HUGEINT)
FROM whole
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = whole.campaign_key
WHERE whole.grain = 'campaign'
UNION ALL
SELECT campaigns.dimension, campaigns.value, whole.slice_key, whole.measure, CAST(SUM(whole.amount) AS HUGEINT)
FROM whole
INNER JOIN campaign_dimensions AS campaigns ON campaigns.campaign_key = whole.campaign_key
WHERE whole.grain = 'campaign'
GROUP BY campaigns.dimension, campaigns.value, whole.slice_key, whole.measure
UNION ALL
SELECT own_dimensions.dimension, '(unattributed)', whole.slice_key, whole.measure, CAST(whole.amount AS HUGEINT)
FROM whole
CROSS JOIN own_dimensions
WHERE whole.grain = 'campaign' AND whole.campaign_key = -1 AND whole.measure <> 'cost'
UNION ALL
SELECT earned.dimension, COALESCE(members.value, '(none)'), earned.slice_key, earned.measure, whole(earned.amount)
FROM earned
LEFT JOIN members ON members.dimension = earned.dimension AND members.member_key = earned.member_key
