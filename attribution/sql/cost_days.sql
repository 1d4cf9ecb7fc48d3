-- cost_days: one row per cost row and day that it covers, up to as-of: the amount spread evenly over its days by the
-- allocation rule, then converted with the newest rate at or before the day. In millionths of the reporting currency.
-- Booked at the campaign where one is named, which rolls up to the campaign's own channel; else at the channel.
CREATE TABLE cost_days AS
WITH numbered AS (
    SELECT
        k.starts_on, k.ends_on, k.campaign_id, k.channel, k.amount_micros, k.currency,
        {{days_between "k.starts_on" "k.ends_on"}} + 1 AS days
    FROM costs AS k
),
days AS (
    SELECT n.ends_on, n.campaign_id, n.channel, n.amount_micros, n.currency, n.days, d.nth, {{add_days "n.starts_on" "d.nth - 1"}} AS day
    FROM numbered AS n
    CROSS JOIN LATERAL (SELECT UNNEST(RANGE(1, n.days + 1)) AS nth) AS d
),
incurred AS (
    SELECT
        d.day, d.ends_on, d.campaign_id, d.channel, d.currency,
        rounded_ratio(CAST(d.amount_micros AS HUGEINT) * d.nth, d.days)
            - rounded_ratio(CAST(d.amount_micros AS HUGEINT) * (d.nth - 1), d.days) AS micros
    FROM days AS d
    CROSS JOIN settings AS g
    WHERE d.day <= g.as_of_day
)
SELECT
    i.day,
    COALESCE(c.campaign_key, 0) AS campaign_key,
    CASE
        WHEN i.campaign_id IS NULL THEN COALESCE(h.channel_key, 0)
        ELSE COALESCE(c.channel_key, h.channel_key, 0)
    END AS channel_key,
    CASE
        WHEN i.currency = g.currency THEN i.micros
        ELSE rounded_ratio(i.micros * r.rate_digits, power_of_ten(r.rate_scale))
    END AS micros,
    i.currency <> g.currency AND r.currency IS NULL AS rate_missing,
    i.currency AS cost_currency,
    i.ends_on,
    i.day >= g.from_day AND i.day <= g.to_day AS in_period
FROM incurred AS i
CROSS JOIN settings AS g
LEFT JOIN campaign_keys AS c ON c.campaign_id = i.campaign_id
LEFT JOIN channels AS h ON h.channel = i.channel
LEFT JOIN rate_periods AS r
    ON r.currency = i.currency AND r.effective_on <= i.day AND i.day < r.ends_before
