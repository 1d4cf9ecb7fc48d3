-- performance_further: one row per row of performance_sums, if the funnel has further stages of
-- people: three columns per stage (its units, their cost, and that cost in the company as a whole),
-- and how many of these stages have no unit there.
CREATE TABLE performance_further AS
WITH further AS (
    SELECT amounts.row_key, amounts.grain, amounts.slice_key, amounts.period_key, measures.stage, measures.is_tracked, COALESCE(amounts.amount, 0) AS units
    FROM performance_sums
    UNPIVOT INCLUDE NULLS (
        amount FOR measure IN (COLUMNS(* EXCLUDE (row_key, grain, slice_key, period_key, campaign_key, channel_key)))
    ) AS amounts
    INNER JOIN performance_measures AS measures ON measures.measure = amounts.measure AND measures.is_further
),
stages AS (
    SELECT
        further.row_key, further.stage, further.is_tracked, further.units, further.grain <> 'campaign by channel' AS has_ratios,
        sums.cost, company.units AS company_units, company_sums.cost AS company_cost
    FROM further
    INNER JOIN performance_sums AS sums ON sums.row_key = further.row_key
    INNER JOIN further AS company
        ON company.grain = 'company' AND company.slice_key = further.slice_key AND company.period_key = further.period_key
        AND company.stage = further.stage
    INNER JOIN performance_sums AS company_sums ON company_sums.row_key = company.row_key
),
further_columns AS (
    SELECT row_key, stage || 's' AS further_column, CASE WHEN is_tracked THEN units(units) END AS amount
    FROM stages
    UNION ALL
    SELECT row_key, 'cost_per_' || stage, CASE WHEN has_ratios THEN ratio(NULLIF(cost, 0), units) END
    FROM stages
    UNION ALL
    SELECT row_key, 'cost_per_' || stage || '_all', CASE WHEN has_ratios THEN ratio(NULLIF(company_cost, 0), company_units) END
    FROM stages
    UNION ALL
    SELECT row_key, 'stages_without_units', CAST(COUNT(CASE WHEN is_tracked AND units = 0 THEN 1 END) AS DECIMAL(38, 6))
    FROM stages
    GROUP BY row_key
)
FROM (PIVOT further_columns ON further_column IN performance_further_column USING MAX(amount) GROUP BY row_key)
