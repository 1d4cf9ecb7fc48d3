-- On both bases and under every model, the credit of each kind of conversion sums to its value and
-- its count, to the minor unit and the millionth.
WITH expected AS (
    SELECT
        conversion_type, opportunity_type,
        COALESCE(SUM(CAST(value_minor AS HUGEINT)), 0) AS minor,
        SUM(CASE WHEN reverses_opportunity_id IS NULL THEN 1000000 ELSE 0 END) AS millionths
    FROM conversions
    WHERE is_counted
    GROUP BY conversion_type, opportunity_type
),
credited AS (
    SELECT basis, conversion_type, opportunity_type, model, SUM(minor) AS minor, SUM(millionths) AS millionths
    FROM cube
    GROUP BY basis, conversion_type, opportunity_type, model
)
SELECT e.basis, e.conversion_type, e.opportunity_type, e.model, e.minor AS expected_minor, c.minor, e.millionths AS expected_millionths, c.millionths
FROM (
    SELECT b.basis, x.conversion_type, x.opportunity_type, m.model, x.minor, x.millionths
    FROM expected AS x
    CROSS JOIN models AS m
    CROSS JOIN (SELECT 'period' AS basis UNION ALL SELECT 'cohort') AS b
) AS e
FULL OUTER JOIN credited AS c
    ON c.basis = e.basis AND c.conversion_type = e.conversion_type AND c.opportunity_type = e.opportunity_type AND c.model = e.model
WHERE e.minor IS DISTINCT FROM c.minor OR e.millionths IS DISTINCT FROM c.millionths
