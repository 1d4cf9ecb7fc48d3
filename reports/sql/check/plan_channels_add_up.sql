-- In plan_rates, the channels add up to the row over all of them: leads, units that came to a stage,
-- cost, deals and their amounts.
SELECT
    stage,
    SUM(CASE WHEN channel = '(all)' THEN leads END) AS leads, SUM(CASE WHEN channel <> '(all)' THEN leads END) AS leads_of_channels,
    SUM(CASE WHEN channel = '(all)' THEN reached END) AS reached, SUM(CASE WHEN channel <> '(all)' THEN reached END) AS reached_of_channels,
    SUM(CASE WHEN channel = '(all)' THEN cost END) AS cost, SUM(CASE WHEN channel <> '(all)' THEN cost END) AS cost_of_channels,
    SUM(CASE WHEN channel = '(all)' THEN deals END) AS deals, SUM(CASE WHEN channel <> '(all)' THEN deals END) AS deals_of_channels,
    SUM(CASE WHEN channel = '(all)' THEN deal_amount END) AS deal_amount, SUM(CASE WHEN channel <> '(all)' THEN deal_amount END) AS deal_amount_of_channels
FROM report_plan_rates
GROUP BY stage
HAVING COALESCE(SUM(CASE WHEN channel = '(all)' THEN leads END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN channel <> '(all)' THEN leads END), 0)
    OR COALESCE(SUM(CASE WHEN channel = '(all)' THEN reached END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN channel <> '(all)' THEN reached END), 0)
    OR COALESCE(SUM(CASE WHEN channel = '(all)' THEN cost END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN channel <> '(all)' THEN cost END), 0)
    OR COALESCE(SUM(CASE WHEN channel = '(all)' THEN deals END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN channel <> '(all)' THEN deals END), 0)
    OR COALESCE(SUM(CASE WHEN channel = '(all)' THEN deal_amount END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN channel <> '(all)' THEN deal_amount END), 0)
ORDER BY stage
