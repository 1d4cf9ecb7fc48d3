-- In funnel_stock, start + entered - left is the end, what left is the sum of where to, a period
-- begins with what the one before it ended with, and what stands there at as-of is what
-- jurisdiction counts.
WITH stock AS (
    SELECT
        report.*,
        LAG(stock_end) OVER by_time AS end_before,
        LAG(period_end) OVER by_time AS ended_on
    FROM report_funnel_stock AS report
    WINDOW by_time AS (PARTITION BY period_type, unit, opportunity_type, stage ORDER BY period_start)
)
SELECT
    stock.period_type, stock.period_label, unit, opportunity_type, stage,
    stock.stock_start, stock.entered, stock.left_total, stock.stock_end, standing.standing
FROM stock
FULL OUTER JOIN (SELECT 'all' AS period_type, report.* FROM report_jurisdiction AS report) AS standing USING (period_type, unit, opportunity_type, stage)
WHERE stock.period_type IS NULL
    OR stock.stock_start + stock.entered - stock.left_total IS DISTINCT FROM stock.stock_end
    OR stock.left_forward + stock.left_back + stock.left_out + stock.left_won + stock.left_lost IS DISTINCT FROM stock.left_total
    OR (stock.ended_on + 1 = stock.period_start AND stock.end_before IS DISTINCT FROM stock.stock_start)
    OR (stock.period_type = 'all' AND stock.period_end IS NULL
        AND (stock.stock_end IS DISTINCT FROM COALESCE(standing.standing, 0) OR COALESCE(stock.value_end, 0) IS DISTINCT FROM COALESCE(standing.value, 0)))
