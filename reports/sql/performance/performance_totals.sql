-- performance_totals: one row per grain of a report, slice, period, measure and, as the grain has
-- it, campaign and channel: the amounts added up. Quarters and years, fiscal ones too, are sums of
-- months; weeks have amounts of their own.
CREATE TABLE performance_totals AS
WITH whole AS (
    SELECT period_key FROM calendar_periods WHERE period_type = 'all'
),
by_campaign AS (
    SELECT
        slice_key, campaign_key, channel_key, measure, SUM(amount) AS amount,
        CASE GROUPING(campaign_key, channel_key)
            WHEN 3 THEN 'company'
            WHEN 2 THEN 'channel'
            WHEN 1 THEN 'campaign'
            WHEN 0 THEN 'campaign by channel'
        END AS grain
    FROM performance_amounts
    GROUP BY GROUPING SETS (
        (slice_key, measure),
        (slice_key, channel_key, measure),
        (slice_key, campaign_key, measure),
        (slice_key, campaign_key, channel_key, measure)
    )
),
by_month AS (
    SELECT slice_key, month, channel_key, measure, SUM(amount) AS amount
    FROM performance_amounts
    GROUP BY slice_key, month, channel_key, measure
),
by_period AS (
    SELECT by_month.slice_key, month_periods.period_key, by_month.channel_key, by_month.measure, by_month.amount
    FROM by_month
    -- One row per type of period.
    INNER JOIN month_periods ON month_periods.month = by_month.month
    UNION ALL
    SELECT slice_key, period_key, channel_key, measure, amount
    FROM performance_weeks
)
SELECT
    by_campaign.slice_key, whole.period_key, by_campaign.campaign_key, by_campaign.channel_key, by_campaign.measure,
    by_campaign.amount, by_campaign.grain
FROM by_campaign
CROSS JOIN whole
UNION ALL
SELECT
    slice_key, period_key, NULL, channel_key, measure, SUM(amount),
    CASE GROUPING(channel_key) WHEN 1 THEN 'company' ELSE 'channel' END
FROM by_period
GROUP BY GROUPING SETS ((slice_key, period_key, measure), (slice_key, period_key, channel_key, measure))
