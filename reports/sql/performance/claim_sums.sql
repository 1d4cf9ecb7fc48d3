-- claim_sums: one row per grain of cost_claims, period (all, months and longer ones) and, as the
-- grain has it, campaign and channel: what platforms report, of the rows of costs that report
-- anything, and the cost of these rows. A sum is NULL if no row has a value. Impressions and clicks
-- are whole, conversions in millionths, money in millionths of the reporting currency.
CREATE TABLE claim_sums AS
WITH claimed AS (
    SELECT
        day, campaign_key, channel_key, SUM(micros) AS cost, SUM(impressions) AS impressions, SUM(clicks) AS clicks,
        SUM(reported_conversions) AS reported_conversions, SUM(reported_value) AS reported_value
    FROM cost_days
    WHERE in_period AND COALESCE(impressions, clicks, reported_conversions, reported_value) IS NOT NULL
    GROUP BY day, campaign_key, channel_key
),
day_periods AS (
    SELECT days.day, periods.period_key
    FROM (SELECT DISTINCT day FROM claimed) AS days
    INNER JOIN calendar_periods AS periods
        ON periods.period_type <> 'week' AND days.day BETWEEN COALESCE(periods.period_start, days.day) AND COALESCE(periods.period_end, days.day)
)
SELECT
    CASE GROUPING(claimed.campaign_key, claimed.channel_key) WHEN 3 THEN 'company' WHEN 2 THEN 'channel' ELSE 'campaign' END AS grain,
    day_periods.period_key, claimed.campaign_key, claimed.channel_key,
    SUM(claimed.cost) AS reported_cost, SUM(claimed.impressions) AS impressions, SUM(claimed.clicks) AS clicks,
    SUM(claimed.reported_conversions) AS reported_conversions, SUM(claimed.reported_value) AS reported_value
FROM claimed
INNER JOIN day_periods ON day_periods.day = claimed.day
GROUP BY GROUPING SETS (
    (day_periods.period_key), (day_periods.period_key, claimed.channel_key), (day_periods.period_key, claimed.campaign_key)
)
