-- cost_days: one row per cost row and day that it covers, up to as-of, in millionths of the reporting currency. The days of a cost
-- fall into runs at one exchange rate (all of them, where it is in the reporting currency). What the allocation rule gives the days of a
-- run together, in the cost's own currency, is converted once and spread evenly over them by the same rule. too_large is the campaign
-- or channel of a cost that no longer fits 64 bits once converted, whose micros are then NULL; it is NULL of every other cost.
-- Booked at the campaign where one is named, which rolls up to the campaign's own channel, else to that of the row, else to the one
-- channel in which all touches of the campaign stand; else at the channel.
CREATE TABLE cost_days AS
WITH numbered AS (
    SELECT
        k.starts_on, k.ends_on, k.campaign_id, k.channel, k.amount_micros, k.currency,
        {{days_between "k.starts_on" "k.ends_on"}} + 1 AS days
    FROM costs AS k
    CROSS JOIN settings AS g
    WHERE k.starts_on <= g.as_of_day
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
        n.*, GREATEST(n.starts_on, r.effective_on), LEAST(n.ends_on, {{add_days "r.ends_before" "-1"}}),
        r.rate_digits, r.rate_scale
    FROM numbered AS n
    CROSS JOIN settings AS g
    INNER JOIN rate_periods AS r ON r.currency = n.currency AND r.effective_on <= n.ends_on AND r.ends_before > n.starts_on
    WHERE n.currency <> g.currency
    UNION ALL
    -- Days for which there is no rate.
    SELECT n.*, n.starts_on, LEAST(n.ends_on, COALESCE({{add_days "f.effective_on" "-1"}}, n.ends_on)), NULL, NULL
    FROM numbered AS n
    CROSS JOIN settings AS g
    LEFT JOIN first_rates AS f ON f.currency = n.currency
    WHERE n.currency <> g.currency AND (f.currency IS NULL OR n.starts_on < f.effective_on)
),
placed AS (
    SELECT
        r.campaign_id, r.channel, r.currency, r.ends_on, r.amount_micros, r.days, r.rate_digits, r.rate_scale, r.run_from,
        {{days_between "r.starts_on" "r.run_from"}} AS days_before,
        {{days_between "r.run_from" "r.run_to"}} + 1 AS run_days,
        {{days_between "r.run_from" "LEAST(r.run_to, g.as_of_day)"}} + 1 AS incurred_days
    FROM runs AS r
    CROSS JOIN settings AS g
    WHERE r.run_from <= g.as_of_day
),
-- 18 digits of the amount and 18 of the rate: their product lies within the 128 bits of a HUGEINT.
exchanged AS (
    SELECT
        p.campaign_id, p.channel, p.currency, p.ends_on, p.run_from, p.run_days, p.incurred_days, p.rate_digits IS NULL AS rate_missing,
        rounded_ratio(
            (rounded_ratio(CAST(p.amount_micros AS HUGEINT) * (p.days_before + p.run_days), p.days)
                - rounded_ratio(CAST(p.amount_micros AS HUGEINT) * p.days_before, p.days)) * p.rate_digits,
            power_of_ten(p.rate_scale)
        ) AS micros
    FROM placed AS p
),
converted AS (
    SELECT
        x.campaign_id, x.channel, x.currency, x.ends_on, x.run_from, x.run_days, x.incurred_days, x.rate_missing,
        CASE WHEN ABS(x.micros) > 9223372036854775807 THEN COALESCE(x.campaign_id, x.channel) END AS too_large,
        CASE WHEN ABS(x.micros) <= 9223372036854775807 THEN x.micros END AS micros
    FROM exchanged AS x
),
incurred AS (
    SELECT
        c.campaign_id, c.channel, c.currency, c.ends_on, c.rate_missing, c.too_large, {{add_days "c.run_from" "d.nth - 1"}} AS day,
        rounded_ratio(c.micros * d.nth, c.run_days) - rounded_ratio(c.micros * (d.nth - 1), c.run_days) AS micros
    FROM converted AS c
    CROSS JOIN LATERAL (SELECT UNNEST(RANGE(1, c.incurred_days + 1)) AS nth) AS d
),
touched_campaigns AS (
    SELECT campaign_key, MIN(channel_key) AS channel_key
    FROM touch_base
    WHERE campaign_key > 0
    GROUP BY campaign_key
    HAVING MIN(channel_key) = MAX(channel_key)
)
SELECT
    i.day,
    COALESCE(c.campaign_key, 0) AS campaign_key,
    CASE
        WHEN i.campaign_id IS NULL THEN COALESCE(h.channel_key, 0)
        ELSE COALESCE(c.channel_key, h.channel_key, t.channel_key, 0)
    END AS channel_key,
    i.micros,
    i.rate_missing,
    i.too_large,
    i.currency AS cost_currency,
    i.ends_on,
    i.day >= g.from_day AND i.day <= g.to_day AS in_period
FROM incurred AS i
CROSS JOIN settings AS g
LEFT JOIN campaign_keys AS c ON c.campaign_id = i.campaign_id
LEFT JOIN channels AS h ON h.channel = i.channel
LEFT JOIN touched_campaigns AS t ON t.campaign_key = c.campaign_key
