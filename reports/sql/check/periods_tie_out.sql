-- In period_performance, each type of period adds up to channel_performance by channel, and its
-- months are those of monthly_performance.
WITH types AS (
    SELECT DISTINCT calendar_periods.period_type
    FROM calendar_periods
    CROSS JOIN settings
    WHERE calendar_periods.period_type <> 'week' OR settings.has_weeks
),
expected AS (
    SELECT
        types.period_type, CAST(NULL AS DATE) AS month, shown.basis, shown.opportunity_type, shown.model, shown.channel,
        (shown.cost, shown.leads, shown.mqls, shown.sqls, shown.opportunities, shown.won, shown.pipeline, shown.open_pipeline, shown.revenue) AS amounts
    FROM report_channel_performance AS shown
    CROSS JOIN types
    UNION ALL
    SELECT
        'month', month, basis, opportunity_type, model, channel,
        (cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue)
    FROM report_monthly_performance
),
sums AS (
    SELECT
        period_type, basis, opportunity_type, model, channel,
        (SUM(cost), SUM(leads), SUM(mqls), SUM(sqls), SUM(opportunities), SUM(won), SUM(pipeline), SUM(open_pipeline), SUM(revenue)) AS amounts
    FROM report_period_performance
    GROUP BY period_type, basis, opportunity_type, model, channel
),
found AS (
    SELECT period_type, CAST(NULL AS DATE) AS month, basis, opportunity_type, model, channel, amounts
    FROM sums
    UNION ALL
    SELECT
        'month', CAST(DATE_TRUNC('month', period_start) AS DATE), basis, opportunity_type, model, channel,
        (cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue)
    FROM report_period_performance
    WHERE period_type = 'month'
)
SELECT
    COALESCE(expected.period_type, found.period_type) AS period_type, COALESCE(expected.month, found.month) AS month,
    COALESCE(expected.basis, found.basis) AS basis, COALESCE(expected.channel, found.channel) AS channel,
    STRUCT_EXTRACT(expected.amounts, 9) AS expected_revenue, STRUCT_EXTRACT(found.amounts, 9) AS found_revenue
FROM expected
FULL OUTER JOIN found
    ON found.period_type = expected.period_type AND found.month IS NOT DISTINCT FROM expected.month AND found.basis = expected.basis
    AND found.opportunity_type = expected.opportunity_type AND found.model = expected.model AND found.channel = expected.channel
WHERE expected.amounts IS DISTINCT FROM found.amounts
