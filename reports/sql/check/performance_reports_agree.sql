-- Channels, campaigns (their rows (all), and those by channel) and months show the same cost, units and money: on every basis, opportunity type and model.
WITH shown AS (
    SELECT 'channel_performance' AS report, basis, opportunity_type, model, cost, opportunities, won, pipeline, open_pipeline, revenue, {{all_stages ", " "UNITS"}}
    FROM report_channel_performance
    UNION ALL
    SELECT 'campaign_performance', basis, opportunity_type, model, cost, opportunities, won, pipeline, open_pipeline, revenue, {{all_stages ", " "UNITS"}}
    FROM report_campaign_performance
    WHERE channel = '(all)'
    UNION ALL
    SELECT 'campaign_performance by channel', basis, opportunity_type, model, cost, opportunities, won, pipeline, open_pipeline, revenue, {{all_stages ", " "UNITS"}}
    FROM report_campaign_performance
    WHERE channel <> '(all)'
    UNION ALL
    SELECT 'monthly_performance', basis, opportunity_type, model, cost, opportunities, won, pipeline, open_pipeline, revenue, {{all_stages ", " "UNITS"}}
    FROM report_monthly_performance
),
sums AS (
    SELECT
        report, basis, opportunity_type, model, SUM(cost) AS cost, SUM(opportunities) AS opportunities, SUM(won) AS won,
        SUM(pipeline) AS pipeline, SUM(open_pipeline) AS open_pipeline, SUM(revenue) AS revenue, {{all_stages ", " "SUM(UNITS) AS UNITS"}}
    FROM shown
    GROUP BY report, basis, opportunity_type, model
)
SELECT basis, opportunity_type, model
FROM sums
GROUP BY basis, opportunity_type, model
HAVING COUNT(*) <> 4 OR MIN(cost) <> MAX(cost) OR MIN(opportunities) <> MAX(opportunities) OR MIN(won) <> MAX(won)
    OR MIN(pipeline) <> MAX(pipeline) OR MIN(open_pipeline) <> MAX(open_pipeline) OR MIN(revenue) <> MAX(revenue)
    {{all_stages "\n    " "OR MIN(UNITS) <> MAX(UNITS)"}}
