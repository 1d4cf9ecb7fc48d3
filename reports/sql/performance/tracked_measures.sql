-- tracked_measures: one row: whether leads, MQLs and SQLs are tracked (performance_measures). A number
-- that is not is shown as NULL, which is not 0.
CREATE TABLE tracked_measures AS
SELECT
    BOOL_OR(measure = 'leads' AND is_tracked) AS leads, BOOL_OR(measure = 'mqls' AND is_tracked) AS mqls,
    BOOL_OR(measure = 'sqls' AND is_tracked) AS sqls
FROM performance_measures
