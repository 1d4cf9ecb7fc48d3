-- A channel or campaign of cost_claims has the cost and the credit that it has in
-- channel_performance and campaign_performance, and in period_performance.
WITH expected AS (
    SELECT
        basis, 'all' AS period_type, period_start, model, channel, '(all)' AS campaign_id, (cost, provisional_cost, COALESCE(leads, 0), won, revenue) AS amounts
    FROM report_channel_performance
    WHERE opportunity_type = 'new_business'
    UNION ALL
    SELECT basis, 'all', period_start, model, '(all)', campaign_id, (cost, provisional_cost, COALESCE(leads, 0), won, revenue)
    FROM report_campaign_performance
    WHERE opportunity_type = 'new_business' AND channel = '(all)'
    UNION ALL
    SELECT basis, period_type, period_start, model, channel, '(all)', (cost, provisional_cost, COALESCE(leads, 0), won, revenue)
    FROM report_period_performance
    WHERE opportunity_type = 'new_business' AND period_type NOT IN ('all', 'week')
)
SELECT
    claims.basis, claims.period_type, claims.period_start, claims.model, claims.channel, claims.campaign_id,
    claims.credited_revenue AS shown_revenue, STRUCT_EXTRACT(expected.amounts, 5) AS expected_revenue
FROM report_cost_claims AS claims
LEFT JOIN expected
    ON expected.basis = claims.basis AND expected.period_type = claims.period_type AND expected.period_start IS NOT DISTINCT FROM claims.period_start
    AND expected.model = claims.model AND expected.channel = claims.channel AND expected.campaign_id = claims.campaign_id
WHERE (claims.channel <> '(all)' OR (claims.campaign_id <> '(all)' AND claims.period_type = 'all'))
    AND (claims.cost, claims.provisional_cost, claims.credited_leads, claims.credited_won, claims.credited_revenue) IS DISTINCT FROM expected.amounts
