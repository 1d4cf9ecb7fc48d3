-- In cost_claims, on both bases, what platforms report adds up to the days of costs in the reporting
-- period: over the channels and over the campaigns of each type of period, and under every model.
WITH input AS (
    SELECT (
            SUM(impressions), SUM(clicks), SUM(reported_conversions), SUM(reported_value),
            SUM(micros) FILTER (WHERE COALESCE(impressions, clicks, reported_conversions, reported_value) IS NOT NULL)
        ) AS totals
    FROM cost_days
    WHERE in_period
),
shown AS (
    SELECT
        basis, period_type, model, channel = '(all)' AS of_campaigns,
        (
            CAST(SUM(impressions) AS HUGEINT), CAST(SUM(clicks) AS HUGEINT), CAST(SUM(reported_conversions) * 1000000 AS HUGEINT),
            CAST(SUM(reported_value) * 1000000 AS HUGEINT), CAST(SUM(reported_cost) * 1000000 AS HUGEINT)
        ) AS totals
    FROM report_cost_claims
    WHERE channel <> '(all)' OR campaign_id <> '(all)'
    GROUP BY basis, period_type, model, channel = '(all)'
)
SELECT shown.basis, shown.period_type, shown.model, shown.of_campaigns, shown.totals AS shown, input.totals AS reported
FROM shown
CROSS JOIN input
WHERE shown.totals IS DISTINCT FROM input.totals
UNION ALL
SELECT slices.basis, 'all', slices.model, kinds.of_campaigns, NULL, input.totals
FROM input
CROSS JOIN (SELECT DISTINCT basis, model FROM performance_slices) AS slices
CROSS JOIN (VALUES (FALSE), (TRUE)) AS kinds(of_campaigns)
ANTI JOIN shown
    ON shown.basis = slices.basis AND shown.period_type = 'all' AND shown.model = slices.model AND shown.of_campaigns = kinds.of_campaigns
WHERE STRUCT_EXTRACT(input.totals, 5) IS NOT NULL
