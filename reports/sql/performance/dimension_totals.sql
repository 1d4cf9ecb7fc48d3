-- dimension_totals: one row per dimension, value as the report calls it, and slice: dimension_sums with
-- the values that are not told apart added up. value_key numbers the values, in no order.
CREATE TABLE dimension_totals AS
WITH called AS (
    SELECT dimension, called AS value, position, CAST(ROW_NUMBER() OVER () AS INTEGER) AS value_key
    FROM dimension_values
    GROUP BY dimension, called, position
)
SELECT
    called.value_key, called.dimension, called.position, called.value, sums.slice_key,
    SUM(sums.cost) AS cost, SUM(sums.leads) AS leads, SUM(sums.mqls) AS mqls, SUM(sums.sqls) AS sqls,
    SUM(sums.opportunities) AS opportunities, SUM(sums.won) AS won, SUM(sums.pipeline) AS pipeline,
    SUM(sums.open_pipeline) AS open_pipeline, SUM(sums.revenue) AS revenue
FROM dimension_sums AS sums
INNER JOIN dimension_values AS names ON names.dimension = sums.dimension AND names.value = sums.value
INNER JOIN called ON called.dimension = names.dimension AND called.value = names.called
GROUP BY called.value_key, called.dimension, called.position, called.value, sums.slice_key
