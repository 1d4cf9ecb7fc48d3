-- figures: one row per window, value (NULL: all of them) and model: the figure of the measure, the
-- number of credited conversions on which it stands, the place among the values, and whether the
-- value has credit at all. `(none)`, `(unattributed)` and `(no match)` have no place; equal figures share one.
CREATE TABLE figures AS
WITH every_value AS (
    SELECT value FROM amounts UNION SELECT value FROM spent
),
given AS (
    SELECT position, value, role, model, amount FROM amounts
    UNION ALL
    SELECT spent.position, spent.value, roles.role, models.model, spent.amount
    FROM spent
    CROSS JOIN models
    INNER JOIN roles ON roles.counts = 'micros'
),
filled AS (
    SELECT
        windows.position, every_value.value, models.model,
        COALESCE(SUM(given.amount) FILTER (WHERE given.role = 'amount'), 0) AS amount,
        COALESCE(SUM(given.amount) FILTER (WHERE given.role = 'divisor'), 0) AS divisor,
        COALESCE(SUM(given.amount) FILTER (WHERE given.role = 'n'), 0) AS n
    FROM every_value
    CROSS JOIN windows
    CROSS JOIN models
    LEFT JOIN given ON given.position = windows.position AND given.value = every_value.value AND given.model = models.model
    GROUP BY windows.position, every_value.value, models.model
),
totalled AS (
    SELECT
        position, value, model, CAST(SUM(amount) AS HUGEINT) AS amount, CAST(SUM(divisor) AS HUGEINT) AS divisor, CAST(SUM(n) AS HUGEINT) AS n
    FROM filled
    GROUP BY GROUPING SETS ((position, value, model), (position, model))
),
measured AS (
    SELECT
        totalled.position, totalled.value, totalled.model, $figure AS figure, totalled.n, totalled.amount > 0 AS has_amount,
        totalled.value NOT IN ('(none)', '(unattributed)', '(no match)') AS is_ranked
    FROM totalled
    CROSS JOIN asked
)
SELECT
    position, value, model, figure, units(n) AS n, n < 30000000 AS is_small, has_amount,
    CASE WHEN is_ranked AND figure IS NOT NULL
        THEN RANK() OVER (PARTITION BY position, model, is_ranked AND figure IS NOT NULL ORDER BY figure * $direction)
    END AS place
FROM measured
