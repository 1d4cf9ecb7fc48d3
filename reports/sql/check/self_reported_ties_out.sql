-- The answers of self_reported, with the row (none), add up to the leads, opportunities, wins and
-- amounts of the period. What is in a channel is a part of what is in its group, and every unit with
-- a source is in the group, in another one, or without a touchpoint.
WITH shown AS (
    SELECT
        opportunity_type, SUM(leads) AS leads, SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline,
        SUM(revenue) AS revenue
    FROM report_self_reported
    GROUP BY opportunity_type
),
counted AS (
    SELECT
        conversions.opportunity_type,
        COUNT(CASE WHEN types.name = 'lead' THEN 1 END) AS leads,
        COUNT(CASE WHEN types.name = 'pipeline' AND conversions.reverses_opportunity_id IS NULL THEN 1 END) AS opportunities,
        COUNT(CASE WHEN types.name = 'revenue' AND conversions.reverses_opportunity_id IS NULL THEN 1 END) AS won,
        money(COALESCE(SUM(CASE WHEN types.name = 'pipeline' THEN conversions.value_minor END), 0)) AS pipeline,
        money(COALESCE(SUM(CASE WHEN types.name = 'revenue' THEN conversions.value_minor END), 0)) AS revenue
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
    WHERE conversions.is_counted AND conversions.anchor_in_period AND types.name IN ('lead', 'pipeline', 'revenue')
    GROUP BY conversions.opportunity_type
)
SELECT opportunity_type, shown.revenue AS shown, counted.revenue AS counted
FROM shown
FULL OUTER JOIN counted USING (opportunity_type)
WHERE shown.leads IS DISTINCT FROM counted.leads OR shown.opportunities IS DISTINCT FROM counted.opportunities
    OR shown.won IS DISTINCT FROM counted.won OR shown.pipeline IS DISTINCT FROM counted.pipeline
    OR shown.revenue IS DISTINCT FROM counted.revenue
UNION ALL
SELECT opportunity_type, revenue_credited_channel, revenue_credited_group
FROM report_self_reported
WHERE (leads_same_channel <= leads_same_group AND opportunities_same_channel <= opportunities_same_group) IS NOT TRUE
    OR (source_group IS NOT NULL AND leads_same_group + leads_other_group + leads_without_touch IS DISTINCT FROM leads)
    OR (source_group IS NOT NULL
        AND opportunities_same_group + opportunities_other_group + opportunities_without_touch IS DISTINCT FROM opportunities)
