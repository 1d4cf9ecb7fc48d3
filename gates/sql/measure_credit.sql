-- Measures how much of pipeline and revenue is attributed under one model. The parameter is the
-- model.
INSERT INTO measures
SELECT 'attributed', NULL, NULL, y.name, NULL, CAST(SUM(CASE WHEN c.reason IS NULL THEN c.minor ELSE 0 END) // g.minor_per_unit AS BIGINT),
    CAST(SUM(c.minor) // g.minor_per_unit AS BIGINT), CAST(SUM(c.minor) AS HUGEINT) * 1000000 // g.minor_per_unit
FROM cube AS c
INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
CROSS JOIN settings AS g
WHERE c.basis = 'period' AND c.model = ? AND c.conversion_type IN (0, 1)
GROUP BY y.name, g.minor_per_unit
