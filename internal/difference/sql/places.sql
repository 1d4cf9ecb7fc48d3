-- One row per channel or campaign ({column}), conversion type and side: the credit of new business
-- of those whose credit changed, the greatest change first. {every_figure} are the CTEs sides and
-- costs; {before} and {after} are the campaigns of the two runs.
WITH {every_figure},
credit AS (
    SELECT {column} AS name, conversion_type, side, SUM(minor) AS amount
    FROM sides
    WHERE conversion_type IN ('revenue', 'pipeline') AND opportunity_type = 'new_business'
    GROUP BY ALL
),
ranked AS (
    SELECT name, conversion_type, side, RANK() OVER (PARTITION BY conversion_type, side ORDER BY amount DESC) AS place
    FROM credit
    WHERE side < 0 AND amount > 0 AND name NOT IN ('(none)', '(unattributed)')
),
changed AS (
    SELECT name, conversion_type, SUM(amount) AS change, SUM(ABS(amount)) AS weight
    FROM credit
    WHERE side >= 0 AND amount <> 0
    GROUP BY name, conversion_type
),
labels AS (
    SELECT campaign_id AS name, MAX(name) AS label
    FROM ({before} UNION ALL {after})
    WHERE '{column}' = 'campaign_id'
    GROUP BY campaign_id
)
SELECT c.name, COALESCE(l.label, ''), c.conversion_type, CAST(d.change AS VARCHAR), c.side, CAST(c.amount AS VARCHAR), b.place, a.place
FROM credit AS c
INNER JOIN changed AS d ON d.name = c.name AND d.conversion_type = c.conversion_type
LEFT JOIN ranked AS b ON b.name = c.name AND b.conversion_type = c.conversion_type AND b.side = -1
LEFT JOIN ranked AS a ON a.name = c.name AND a.conversion_type = c.conversion_type AND a.side = -2
LEFT JOIN labels AS l ON l.name = c.name
WHERE c.amount <> 0
ORDER BY c.conversion_type DESC, ABS(d.change) DESC, d.weight DESC, c.name, c.side
