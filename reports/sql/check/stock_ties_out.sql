-- In funnel_stock, start + entered - left is the end, what left is the sum of where to, and a period
-- begins with what the one before it ended with.
WITH stock AS (
    SELECT
        report.*,
        LAG(stock_end) OVER by_time AS end_before,
        LAG(period_end) OVER by_time AS ended_on
    FROM report_funnel_stock AS report
    WINDOW by_time AS (PARTITION BY period_type, unit, opportunity_type, stage ORDER BY period_start)
)
SELECT period_type, period_label, unit, opportunity_type, stage, stock_start, entered, left_total, stock_end
FROM stock
WHERE stock_start + entered - left_total IS DISTINCT FROM stock_end
    OR left_forward + left_back + left_out + left_won + left_lost IS DISTINCT FROM left_total
    OR (ended_on + 1 = period_start AND end_before IS DISTINCT FROM stock_start)
