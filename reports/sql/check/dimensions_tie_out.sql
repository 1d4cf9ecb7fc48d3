-- The values of every dimension add up to the totals of channel_performance, in every measure, for
-- every basis, opportunity type and model. Cost does in the dimensions that have it. Where a
-- dimension has no row, the total is 0.
WITH company AS (
    SELECT
        basis, opportunity_type, model, SUM(cost) AS cost, SUM(leads) AS leads, SUM(mqls) AS mqls, SUM(sqls) AS sqls,
        SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline, SUM(open_pipeline) AS open_pipeline,
        SUM(revenue) AS revenue
    FROM report_channel_performance
    GROUP BY basis, opportunity_type, model
),
known AS (
    SELECT dimension, TRUE AS has_cost FROM (VALUES ('channel'), ('campaign')) AS v(dimension)
    UNION ALL
    SELECT DISTINCT dimension, TRUE FROM campaign_dimensions
    UNION ALL
    SELECT UNNEST(['asset', 'source', 'medium', 'persona', 'segment', 'industry', 'account', 'parent_account', 'owner']), FALSE
),
expected AS (
    SELECT known.dimension, known.has_cost, company.*
    FROM company
    CROSS JOIN known
),
found AS (
    SELECT
        dimension, basis, opportunity_type, model, SUM(cost) AS cost, SUM(leads) AS leads, SUM(mqls) AS mqls, SUM(sqls) AS sqls,
        SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline, SUM(open_pipeline) AS open_pipeline,
        SUM(revenue) AS revenue
    FROM report_dimension_performance
    GROUP BY dimension, basis, opportunity_type, model
)
SELECT
    COALESCE(expected.dimension, found.dimension) AS dimension, COALESCE(expected.basis, found.basis) AS basis,
    COALESCE(expected.opportunity_type, found.opportunity_type) AS opportunity_type, COALESCE(expected.model, found.model) AS model,
    expected.revenue AS expected_revenue, found.revenue
FROM expected
FULL OUTER JOIN found
    ON found.dimension = expected.dimension AND found.basis = expected.basis AND found.opportunity_type = expected.opportunity_type
    AND found.model = expected.model
WHERE (CASE WHEN expected.has_cost THEN expected.cost END) IS DISTINCT FROM COALESCE(found.cost, CASE WHEN expected.has_cost THEN 0 * expected.cost END)
    OR expected.leads IS DISTINCT FROM COALESCE(found.leads, 0 * expected.leads)
    OR expected.mqls IS DISTINCT FROM COALESCE(found.mqls, 0 * expected.mqls)
    OR expected.sqls IS DISTINCT FROM COALESCE(found.sqls, 0 * expected.sqls)
    OR expected.opportunities IS DISTINCT FROM COALESCE(found.opportunities, 0 * expected.opportunities)
    OR expected.won IS DISTINCT FROM COALESCE(found.won, 0 * expected.won)
    OR expected.pipeline IS DISTINCT FROM COALESCE(found.pipeline, 0 * expected.pipeline)
    OR expected.open_pipeline IS DISTINCT FROM COALESCE(found.open_pipeline, 0 * expected.open_pipeline)
    OR expected.revenue IS DISTINCT FROM COALESCE(found.revenue, 0 * expected.revenue)
