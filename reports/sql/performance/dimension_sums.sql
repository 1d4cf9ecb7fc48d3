-- dimension_sums: one row per dimension, value and slice: the measures of dimension_amounts side by
-- side, 0 where nothing was credited or spent.
CREATE TABLE dimension_sums AS
SELECT
    dimension, value, slice_key,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'cost'), 0) AS cost,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'leads'), 0) AS leads,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'mqls'), 0) AS mqls,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'sqls'), 0) AS sqls,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'opportunities'), 0) AS opportunities,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'won'), 0) AS won,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'pipeline'), 0) AS pipeline,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'open_pipeline'), 0) AS open_pipeline,
    COALESCE(SUM(amount) FILTER (WHERE measure = 'revenue'), 0) AS revenue
FROM dimension_amounts
GROUP BY dimension, value, slice_key
