-- performance: one row per basis, opportunity type, model, month, campaign and channel: what was credited, beside what was spent.
-- Basis period takes credit whose conversion falls in the reporting period, and dates it by the conversion; basis cohort credit
-- whose touch does, dated by the touch (what no touch earned: by its conversion). Cost is what was incurred in the period, on the
-- rows of new business, under every model. A full join: cost without credit keeps its row, and credit without cost.
CREATE OR REPLACE TABLE performance AS
WITH credit AS (
    SELECT
        basis, opportunity_type, model, month, campaign_key, channel_key,
        {{all_stages ",\n        " "SUM(CASE WHEN conversion_type = TYPE THEN millionths ELSE 0 END) AS UNITS"}},
        SUM(CASE WHEN conversion_type = 0 THEN millionths ELSE 0 END) AS opportunities,
        SUM(CASE WHEN conversion_type = 1 THEN millionths ELSE 0 END) AS won,
        SUM(CASE WHEN conversion_type = 0 THEN minor ELSE 0 END) AS pipeline,
        SUM(CASE WHEN conversion_type = 0 AND is_open THEN minor ELSE 0 END) AS open_pipeline,
        SUM(CASE WHEN conversion_type = 1 THEN minor ELSE 0 END) AS revenue
    FROM cube
    WHERE month IS NOT NULL
    GROUP BY basis, opportunity_type, model, month, campaign_key, channel_key
),
spent AS (
    SELECT CAST(DATE_TRUNC('month', day) AS DATE) AS month, campaign_key, channel_key, SUM(micros) AS cost
    FROM cost_days
    WHERE in_period
    GROUP BY CAST(DATE_TRUNC('month', day) AS DATE), campaign_key, channel_key
),
cost AS (
    SELECT b.basis, 'new_business' AS opportunity_type, m.model, s.month, s.campaign_key, s.channel_key, s.cost
    FROM spent AS s
    CROSS JOIN models AS m
    CROSS JOIN (SELECT 'period' AS basis UNION ALL SELECT 'cohort') AS b
)
SELECT
    COALESCE(c.basis, k.basis) AS basis,
    COALESCE(c.opportunity_type, k.opportunity_type) AS opportunity_type,
    COALESCE(c.model, k.model) AS model,
    COALESCE(c.month, k.month) AS month,
    COALESCE(c.campaign_key, k.campaign_key) AS campaign_key,
    COALESCE(c.channel_key, k.channel_key) AS channel_key,
    COALESCE(k.cost, 0) AS cost,
    {{all_stages ",\n    " "COALESCE(whole(c.UNITS), 0) AS UNITS"}},
    COALESCE(whole(c.opportunities), 0) AS opportunities,
    COALESCE(whole(c.won), 0) AS won,
    COALESCE(whole(c.pipeline), 0) AS pipeline,
    COALESCE(whole(c.open_pipeline), 0) AS open_pipeline,
    COALESCE(whole(c.revenue), 0) AS revenue
FROM credit AS c
FULL OUTER JOIN cost AS k
    ON k.basis = c.basis AND k.opportunity_type = c.opportunity_type AND k.model = c.model AND k.month = c.month
    AND k.campaign_key = c.campaign_key AND k.channel_key = c.channel_key
