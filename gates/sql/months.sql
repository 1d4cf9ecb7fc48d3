-- The gates month_fell and months_rolled ({which}) compare the rows of each settled month: a month
-- that ended more than 35 days before as-of. If the oldest month of a table is later than in the
-- baseline, the export covers a rolling period: a fall in the months up to the new oldest one
-- counts for months_rolled instead of month_fell.
WITH oldest AS (
    SELECT b.table_name, MIN(b.period) AS before, m.period AS now
    FROM baseline AS b
    INNER JOIN (SELECT table_name, MIN(period) AS period FROM measures WHERE measure = 'month' GROUP BY table_name) AS m
        ON m.table_name = b.table_name
    WHERE b.measure = 'month'
    GROUP BY b.table_name, m.period
),
compared AS (
    SELECT COALESCE(b.table_name, m.table_name) AS table_name, COALESCE(b.period, m.period) AS period,
        COALESCE(b.n, 0) AS before, COALESCE(m.n, 0) AS now, COALESCE(b.micros, 0) AS micros_before, COALESCE(m.micros, 0) AS micros_now
    FROM (SELECT * FROM baseline WHERE measure = 'month') AS b
    FULL JOIN (SELECT * FROM measures WHERE measure = 'month') AS m ON m.table_name = b.table_name AND m.period = b.period
),
settled AS (
    SELECT c.*, o.before < o.now AND c.period <= o.now AND c.now < c.before AS rolled
    FROM compared AS c
    INNER JOIN oldest AS o ON o.table_name = c.table_name
    CROSS JOIN gate_settings AS g
    WHERE c.period <= g.settled_month AND c.before <> c.now
)
SELECT table_name, NULL AS column_name,
    CASE WHEN MIN(period) = MAX(period) THEN MIN(period) ELSE MIN(period) || ' to ' || MAX(period) END AS period,
    CAST(SUM(ABS(before - now)) AS BIGINT) AS rows,
    -- The greatest fall, without falls of a few rows. A rise is 0: it warns, and never refuses.
    MAX(CASE WHEN before - now >= 20 OR (now = 0 AND before > 0) OR micros_before - micros_now > 0.02 * ABS(micros_before) AND before > now
        THEN (before - now) / before ELSE 0 END) AS value,
    SUM(now) AS now, SUM(before) AS before, 1 AS weight,
    CASE WHEN table_name IN ('opportunities', 'costs') THEN SUM(ABS(micros_before - micros_now)) END AS micros,
    STRING_AGG(period || ' (' || FORMAT('{:,}', before) || ' then, ' || FORMAT('{:,}', now) || ' now)', CHR(31) ORDER BY ABS(before - now) DESC, period) AS keys
FROM settled
WHERE {which}
GROUP BY table_name
