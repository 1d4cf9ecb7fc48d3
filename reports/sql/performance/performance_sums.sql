-- performance_sums: one row per grain of a report, slice, period and, as the grain has it, campaign
-- and channel: performance_totals with the measures side by side, NULL where nothing was credited
-- or spent. row_key numbers the rows, in no order.
CREATE TABLE performance_sums AS
SELECT CAST(ROW_NUMBER() OVER () AS BIGINT) AS row_key, pivoted.*
FROM (
    PIVOT performance_totals ON measure IN performance_measure USING SUM(amount)
    GROUP BY grain, slice_key, period_key, campaign_key, channel_key
) AS pivoted
