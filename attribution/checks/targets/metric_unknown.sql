-- grain: metric
-- message: {target has|targets have} a metric that is not known, so {it is|they are} compared with
--   nothing
-- severity: warning
-- remedy: name it leads, mqls, cost, sqls, opportunities, won, pipeline or revenue
-- near: SELECT UNNEST(['leads', 'mqls', 'cost', 'sqls', 'opportunities', 'won', 'pipeline',
--   'revenue'])
SELECT metric AS key, COUNT(*) AS n FROM targets WHERE LOWER(REGEXP_REPLACE(metric, '[\s_-]', '', 'g')) NOT IN ('leads', 'mqls', 'cost', 'sqls', 'opportunities', 'won', 'pipeline', 'revenue') GROUP BY metric
