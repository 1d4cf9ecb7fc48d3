-- The channels of cost_coverage, its campaigns and its whole each have all cost of the reporting
-- period, all touchpoints that count, and all revenue that the primary model credits to touchpoints;
-- and each channel has the cost of channel_performance.
WITH shown AS (
    SELECT
        CASE WHEN channel <> '(all)' THEN 'channels' WHEN campaign_id <> '(all)' THEN 'campaigns' ELSE 'whole' END AS kind,
        CAST(SUM(cost) * 1000000 AS HUGEINT) AS cost, CAST(SUM(touches) AS BIGINT) AS touches, SUM(revenue) AS revenue
    FROM report_cost_coverage
    GROUP BY kind
),
expected AS (
    SELECT
        (SELECT COALESCE(SUM(micros), 0) FROM cost_days WHERE in_period) AS cost,
        (SELECT CAST(COALESCE(SUM(touches), 0) AS BIGINT) FROM touch_groups WHERE excluded_reason IS NULL) AS touches,
        (
            SELECT COALESCE(SUM(performance.revenue), 0)
            FROM report_channel_performance AS performance
            INNER JOIN models ON models.model = performance.model AND models.position = 0
            WHERE performance.basis = 'period' AND performance.opportunity_type = 'new_business' AND performance.channel <> '(unattributed)'
        ) AS revenue
)
SELECT kinds.kind AS part, CAST(shown.cost AS VARCHAR) AS shown, CAST(expected.cost AS VARCHAR) AS expected
FROM (VALUES ('channels'), ('campaigns'), ('whole')) AS kinds(kind)
CROSS JOIN expected
LEFT JOIN shown ON shown.kind = kinds.kind
WHERE (COALESCE(shown.cost, 0), COALESCE(shown.touches, 0), COALESCE(shown.revenue, 0)) IS DISTINCT FROM (expected.cost, expected.touches, expected.revenue)
UNION ALL
SELECT coverage.channel, CAST(coverage.cost AS VARCHAR), CAST(performance.cost AS VARCHAR)
FROM report_cost_coverage AS coverage
LEFT JOIN (
    SELECT DISTINCT channel, cost FROM report_channel_performance WHERE basis = 'period' AND opportunity_type = 'new_business'
) AS performance ON performance.channel = coverage.channel
WHERE coverage.channel <> '(all)' AND coverage.cost IS DISTINCT FROM COALESCE(performance.cost, 0)
