added_up AS MATERIALIZED (
    SELECT
        basis, opportunity_type, model, KEYS,
        {{per_measure "SUM(NAME) AS NAME"}}
    FROM performance
    GROUP BY basis, opportunity_type, model, KEYS
),
with_totals AS MATERIALIZED (
    SELECT
        basis, opportunity_type, model, KEYS,
        {{per_measure "NAME, SUM(NAME) OVER (PARTITION BY basis, opportunity_type, modelALSO_BY) AS ALL_NAME"}}
    FROM added_up
)
