added_up AS MATERIALIZED (
    SELECT
        basis, opportunity_type, model, KEYS,
        {{per_measure "SUM(NAME) AS NAME"}}
    FROM performance
    GROUP BY basis, opportunity_type, model, KEYS
),
totals AS (
    SELECT
        basis, opportunity_type, modelALSO_BY,
        {{per_measure "SUM(NAME) AS NAME"}}
    FROM added_up
    GROUP BY basis, opportunity_type, modelALSO_BY
),
company AS MATERIALIZED (
    SELECT
        basis, opportunity_type, modelALSO_BY,
        {{all_stages ",\n        " (print (ratio "NULLIF(cost, 0)" "UNITS") " AS COST_PER_ALL")}},
        {{ratio "NULLIF(cost, 0)" "opportunities"}} AS cost_per_opportunity_all,
        {{ratio "NULLIF(cost, 0)" "won"}} AS cost_per_won_all
    FROM totals
)
