-- Channels, campaigns (their rows (all), and those by channel) and months show the same cost, units
-- and money, on every basis, opportunity type and model.
WITH shown AS (
    SELECT 'channel_performance' AS report, basis, opportunity_type, model, cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue
    FROM report_channel_performance
    UNION ALL
    SELECT 'campaign_performance', basis, opportunity_type, model, cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue
    FROM report_campaign_performance
    WHERE channel = '(all)'
    UNION ALL
    SELECT 'campaign_performance by channel', basis, opportunity_type, model, cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue
    FROM report_campaign_performance
    WHERE channel <> '(all)'
    UNION ALL
    SELECT 'monthly_performance', basis, opportunity_type, model, cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue
    FROM report_monthly_performance
),
sums AS (
    SELECT
        report, basis, opportunity_type, model, SUM(cost) AS cost, SUM(leads) AS leads, SUM(mqls) AS mqls, SUM(sqls) AS sqls,
        SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline, SUM(open_pipeline) AS open_pipeline, SUM(revenue) AS revenue
    FROM shown
    GROUP BY report, basis, opportunity_type, model
)
SELECT basis, opportunity_type, model
FROM sums
GROUP BY basis, opportunity_type, model
HAVING COUNT(*) IS DISTINCT FROM 4
    OR COUNT(DISTINCT (cost, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue)) IS DISTINCT FROM 1
