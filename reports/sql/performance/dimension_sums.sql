-- dimension_sums: one row per dimension, value that is told apart and slice: the measures of
-- dimension_amounts side by side, NULL where nothing was credited or spent.
CREATE TABLE dimension_sums AS
WITH called AS (
    SELECT amounts.dimension, names.position, names.called AS value, amounts.slice_key, amounts.measure, amounts.amount
    FROM dimension_amounts AS amounts
    INNER JOIN dimension_values AS names ON names.dimension = amounts.dimension AND names.value = amounts.value
)
SELECT * FROM (
    PIVOT called ON measure IN performance_measure USING SUM(amount)
    GROUP BY dimension, position, value, slice_key
)
