-- grain: metric
-- message: {target ends before it starts|targets end before they start}
-- severity: info
SELECT metric AS key, COUNT(*) AS n FROM targets WHERE period_end < period_start GROUP BY metric
