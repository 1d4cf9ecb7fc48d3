-- Leads by fit and interest, and by campaign, are the leads of the reporting period, without people
-- of the own company and of test accounts; closed opportunities by number of yes, and by each fact
-- and its answer, are the closed opportunities.
WITH leads AS (
    SELECT COUNT(*) AS leads
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type AND types.name = 'lead'
    SEMI JOIN person_labels AS reported ON reported.person_key = conversions.person_key
    WHERE conversions.is_counted AND conversions.anchor_in_period
),
closed AS (
    SELECT
        COUNT(*) AS closed, COUNT(*) FILTER (WHERE opportunities.outcome = 'won') AS won
    FROM opportunity_labels AS opportunities
    INNER JOIN calendar_periods AS periods
        ON periods.period_type = 'all' AND opportunities.closed_us >= periods.from_us AND opportunities.closed_us < periods.to_us
    WHERE opportunities.outcome IS NOT NULL
),
counted AS (
    SELECT 'fit and interest' AS kind, COALESCE(SUM(leads), 0) AS n, NULL AS won
    FROM report_fit_interest
    WHERE period_type = 'all' AND opportunity_type = 'new_business' AND fit <> '(all)' AND interest <> '(all)'
    UNION ALL
    SELECT 'all fit and interest', COALESCE(SUM(leads), 0), NULL
    FROM report_fit_interest
    WHERE period_type = 'all' AND opportunity_type = 'new_business' AND fit = '(all)' AND interest = '(all)'
    UNION ALL
    SELECT 'months of fit and interest', COALESCE(SUM(leads), 0), NULL
    FROM report_fit_interest
    WHERE period_type = 'month' AND opportunity_type = 'new_business' AND fit = '(all)' AND interest = '(all)'
    UNION ALL
    SELECT 'campaigns', COALESCE(SUM(leads), 0), NULL FROM report_lead_quality WHERE campaign_id <> '(all)'
    UNION ALL
    SELECT 'all campaigns', COALESCE(SUM(leads), 0), NULL FROM report_lead_quality WHERE campaign_id = '(all)'
    UNION ALL
    SELECT 'closed', SUM(closed), SUM(won) FROM report_bant WHERE period_type = 'all' AND yes_facts = '(all)' AND fact = '(all)'
    UNION ALL
    SELECT 'closed by number of yes', SUM(closed), SUM(won) FROM report_bant WHERE period_type = 'all' AND yes_facts <> '(all)'
    UNION ALL
    SELECT 'closed by ' || fact, SUM(closed), SUM(won) FROM report_bant WHERE period_type = 'all' AND fact <> '(all)' GROUP BY fact
)
SELECT counted.kind, counted.n, counted.won, leads.leads, closed.closed, closed.won AS won_expected
FROM counted
CROSS JOIN leads
CROSS JOIN closed
WHERE CASE
    WHEN counted.kind LIKE 'closed%' THEN counted.n IS DISTINCT FROM closed.closed OR counted.won IS DISTINCT FROM closed.won
    ELSE counted.n IS DISTINCT FROM leads.leads
END
