-- The gate won_changed: the revenue of a settled month changed. A month is settled if it ended more
-- than 35 days before as-of. Closed months are left to the gate closed_period.
WITH deals AS ({deals}),
settled AS (
    SELECT d.*, LEAST(CASE WHEN d.then_in <= g.until THEN d.then_in END, CASE WHEN d.now_in <= g.until THEN d.now_in END) AS first_month,
        GREATEST(CASE WHEN d.then_in <= g.until THEN d.then_in END, CASE WHEN d.now_in <= g.until THEN d.now_in END) AS last_month
    FROM deals AS d
    CROSS JOIN (SELECT closed_month, settled_month AS until, same_currency FROM gate_settings) AS g
    WHERE g.same_currency AND (d.then_in <= g.until OR d.now_in <= g.until)
        AND NOT COALESCE(LEAST(d.then_in, d.now_in) <= g.closed_month, FALSE)
),
causes AS (
    SELECT cause, COUNT(*) AS n FROM settled GROUP BY cause
)
SELECT 'opportunities' AS table_name, 'amount' AS column_name,
    CASE WHEN MIN(first_month) = MAX(last_month) THEN MIN(first_month) ELSE MIN(first_month) || ' to ' || MAX(last_month) END AS period,
    COUNT(*) AS rows, COUNT(*) AS value, 0 AS now, 0 AS before, 1 AS weight,
    SUM(now - before) AS micros,
    (SELECT STRING_AGG(n || ' ' || cause, ', ' ORDER BY n DESC, cause) FROM causes) || CHR(31)
        || STRING_AGG(id, CHR(31) ORDER BY ABS(now - before) DESC, id) AS keys
FROM settled
HAVING COUNT(*) > 0
