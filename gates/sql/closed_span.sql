-- Measures the first closed month (as key) and the last one (as period) that the reporting period
-- contains in full. Parameters: the model, and the first and last day of the period, which are
-- empty if the period has none.
INSERT INTO measures
SELECT 'closed_span', NULL, CAST($1 AS VARCHAR), STRFTIME(from_day, '%Y-%m'), LEAST(s.closed_month, STRFTIME(to_day, '%Y-%m')), 1, NULL, NULL
FROM (
    SELECT COALESCE(CAST(NULLIF($2, '') AS DATE) + INTERVAL 1 MONTH - INTERVAL 1 DAY, DATE '0001-01-01') AS from_day,
        COALESCE(CAST(NULLIF($3, '') AS DATE) + INTERVAL 1 DAY - INTERVAL 1 MONTH, DATE '9999-12-31') AS to_day
)
CROSS JOIN gate_settings AS s
WHERE s.closed_month IS NOT NULL
