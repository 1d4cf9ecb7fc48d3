-- cost_runs: one row per cost row and run of its days with one exchange rate, whatever as-of is. A
-- row in the reporting currency has one run with all of its days. The allocation rule gives each
-- run its part in the currency of the cost, and this part is converted once: micros is in
-- millionths of the reporting currency, NULL if there is no rate. The value that the platform
-- reports is converted in the same way. Impressions, clicks and reported conversions have no
-- currency: each run has those of the whole row. The run begins after days_before days of the row.
CREATE VIEW cost_runs AS
WITH numbered AS (
    SELECT
        k.starts_on, k.ends_on, k.campaign_id, k.channel, k.amount_micros, k.currency,
        k.impressions, k.clicks, k.reported_conversions_micros, k.reported_value_micros,
        CAST(k.ends_on - k.starts_on AS BIGINT) + 1 AS days
    FROM costs AS k
),
first_rates AS (
    SELECT currency, MIN(effective_on) AS effective_on FROM rate_periods GROUP BY currency
),
runs AS (
    SELECT n.*, n.starts_on AS run_from, n.ends_on AS run_to, CAST(1 AS BIGINT) AS rate_digits, 0 AS rate_scale
    FROM numbered AS n
    CROSS JOIN settings AS g
    WHERE n.currency = g.currency
    UNION ALL
    SELECT
        n.*, GREATEST(n.starts_on, r.effective_on), LEAST(n.ends_on, r.ends_before - 1),
        r.rate_digits, r.rate_scale
    FROM numbered AS n
    CROSS JOIN settings AS g
    INNER JOIN rate_periods AS r ON r.currency = n.currency AND r.effective_on <= n.ends_on AND r.ends_before > n.starts_on
    WHERE n.currency <> g.currency
    UNION ALL
    -- Days for which there is no rate.
    SELECT n.*, n.starts_on, LEAST(n.ends_on, COALESCE(f.effective_on - 1, n.ends_on)), NULL, NULL
    FROM numbered AS n
    CROSS JOIN settings AS g
    LEFT JOIN first_rates AS f ON f.currency = n.currency
    WHERE n.currency <> g.currency AND (f.currency IS NULL OR n.starts_on < f.effective_on)
),
placed AS (
    SELECT
        r.*,
        CAST(r.run_from - r.starts_on AS BIGINT) AS days_before,
        CAST(r.run_to - r.run_from AS BIGINT) + 1 AS run_days,
        CAST(r.run_to - r.starts_on AS BIGINT) + 1 AS days_until
    FROM runs AS r
)
SELECT
    p.campaign_id, p.channel, p.currency, p.starts_on, p.ends_on, p.run_from, p.run_to, p.run_days, p.rate_digits IS NULL AS rate_missing,
    rounded_ratio(share_of(p.amount_micros, p.days_before, p.days_until, p.days) * p.rate_digits, power_of_ten(p.rate_scale)) AS micros,
    p.days_before, p.days, p.impressions, p.clicks, p.reported_conversions_micros AS reported_conversions,
    rounded_ratio(
        share_of(p.reported_value_micros, p.days_before, p.days_until, p.days) * p.rate_digits, power_of_ten(p.rate_scale)
    ) AS reported_value,
    p.days = 1 OR p.impressions IS NOT NULL OR p.clicks IS NOT NULL AS is_ad_cost
FROM placed AS p
