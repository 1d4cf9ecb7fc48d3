-- performance_totals: one row per grain of a report, slice, measure and, as the grain has it,
-- month, campaign and channel: the amounts added up.
CREATE TABLE performance_totals AS
SELECT
    slice_key, month, campaign_key, channel_key, measure, SUM(amount) AS amount,
    CASE GROUPING(month, campaign_key, channel_key)
        WHEN 7 THEN 'company'
        WHEN 3 THEN 'company by month'
        WHEN 6 THEN 'channel'
        WHEN 2 THEN 'channel by month'
        WHEN 5 THEN 'campaign'
        WHEN 4 THEN 'campaign by channel'
    END AS grain
FROM performance_amounts
GROUP BY GROUPING SETS (
    (slice_key, measure),
    (slice_key, month, measure),
    (slice_key, channel_key, measure),
    (slice_key, month, channel_key, measure),
    (slice_key, campaign_key, measure),
    (slice_key, campaign_key, channel_key, measure)
)
