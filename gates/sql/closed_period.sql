-- The gate closed_period: revenue of the closed months, or the credit of this revenue, changed.
-- Revenue is compared between any two runs. Credit is compared for the months that were closed in
-- both runs and lie in the reporting periods of both.
WITH deals AS ({deals}),
closed AS (
    SELECT d.id, d.cause, d.now - d.before AS change, LEAST(d.then_in, d.now_in) AS month
    FROM deals AS d
    CROSS JOIN gate_settings AS g
    WHERE g.same_currency AND LEAST(d.then_in, d.now_in) <= g.closed_month
),
causes AS (
    SELECT cause, COUNT(*) AS n FROM closed GROUP BY cause
),
spans AS (
    SELECT m.column_name AS model, GREATEST(b.key, m.key) AS first_month, LEAST(b.period, m.period) AS last_month
    FROM (SELECT * FROM baseline WHERE measure = 'closed_span') AS b
    INNER JOIN (SELECT * FROM measures WHERE measure = 'closed_span') AS m ON m.column_name = b.column_name
),
credits AS (
    SELECT COALESCE(b.period, m.period) AS month, COALESCE(b.column_name, m.column_name) AS model, COALESCE(b.key, m.key) AS key,
        COALESCE(m.micros, 0) - COALESCE(b.micros, 0) AS change
    FROM (SELECT * FROM baseline WHERE measure = 'closed_credit') AS b
    FULL JOIN (SELECT * FROM measures WHERE measure = 'closed_credit') AS m
        ON m.period = b.period AND m.column_name = b.column_name AND m.key = b.key
),
moved AS (
    SELECT c.*
    FROM credits AS c
    INNER JOIN spans AS s ON s.model = c.model AND c.month >= s.first_month AND c.month <= s.last_month
    CROSS JOIN gate_settings AS g
    WHERE g.same_currency AND c.change <> 0
),
months AS (
    SELECT month FROM closed UNION SELECT month FROM moved
)
SELECT NULL AS table_name, NULL AS column_name,
    CASE WHEN MIN(month) = MAX(month) THEN MIN(month) ELSE MIN(month) || ' to ' || MAX(month) END AS period,
    (SELECT COUNT(*) FROM closed) AS rows, (SELECT COUNT(*) FROM closed) + (SELECT COUNT(*) FROM moved) AS value,
    (SELECT COUNT(DISTINCT key) FROM moved) AS now, 0 AS before, 1 AS weight,
    COALESCE((SELECT SUM(change) FROM closed), 0) AS micros,
    COALESCE((SELECT STRING_AGG(n || ' ' || cause, ', ' ORDER BY n DESC, cause) FROM causes), '') || CHR(31)
        || COALESCE((SELECT STRING_AGG(id, CHR(31) ORDER BY ABS(change) DESC, id) FROM closed), '') AS keys
FROM months
HAVING COUNT(*) > 0
