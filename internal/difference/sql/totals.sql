-- One row per opportunity type, figure and side: -1 before, -2 after, or a cause. {every_figure}
-- are the CTEs sides and costs.
WITH {every_figure},
figures AS (
    SELECT opportunity_type, conversion_type AS figure, 0 AS place, side, SUM(minor) AS amount FROM sides WHERE conversion_type IN ('revenue', 'pipeline') GROUP BY ALL
    UNION ALL
    SELECT opportunity_type, 'credited ' || conversion_type, 1, side, SUM(minor) FROM sides WHERE conversion_type IN ('revenue', 'pipeline') AND reason = '' GROUP BY ALL
    UNION ALL
    SELECT opportunity_type, CASE conversion_type WHEN 'revenue' THEN 'won opportunities' WHEN 'pipeline' THEN 'opportunities' ELSE conversion_type || 's' END, 2, side, SUM(millionths)
    FROM sides GROUP BY ALL
    UNION ALL
    SELECT 'new_business', 'cost', 3, side, SUM(micros) FROM costs GROUP BY ALL
)
SELECT opportunity_type, figure, place, side, CAST(amount AS VARCHAR)
FROM figures
WHERE amount <> 0
ORDER BY CASE opportunity_type WHEN 'new_business' THEN 0 WHEN 'expansion' THEN 1 WHEN 'renewal' THEN 2 ELSE 3 END, place, figure DESC, side
