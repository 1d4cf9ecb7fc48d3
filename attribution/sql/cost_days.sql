-- cost_days: one row per cost row and day that it covers, up to as-of, in millionths of the
-- reporting currency. The amount of each run of days in cost_runs is spread evenly over its days by
-- the allocation rule. too_large is the campaign or channel of a cost that does not fit 64 bits
-- once converted, whose micros are NULL; for every other cost it is NULL. A cost with a campaign is
-- booked at this campaign, and in the channel of the campaign; if the campaign has none, in the
-- channel of the row; if that is empty too, in the only channel of all touchpoints of the campaign.
-- A cost without a campaign is booked at its channel. The newest days of ad cost up to as-of are
-- provisional. Impressions and clicks are whole numbers. Reported conversions are in millionths,
-- the reported value in millionths of the reporting currency.
CREATE TABLE cost_days AS
WITH converted AS (
    SELECT
        r.campaign_id, r.channel, r.currency, r.ends_on, r.run_from, r.run_days, r.rate_missing, r.is_ad_cost,
        r.days_before, r.days, r.impressions, r.clicks, r.reported_conversions,
        CASE
            WHEN ABS(r.micros) > 9223372036854775807 OR ABS(r.reported_value) > 9223372036854775807 THEN COALESCE(r.campaign_id, r.channel)
        END AS too_large,
        CASE WHEN ABS(r.micros) <= 9223372036854775807 THEN r.micros END AS micros,
        CASE WHEN ABS(r.reported_value) <= 9223372036854775807 THEN r.reported_value END AS reported_value,
        CAST(LEAST(r.run_to, g.as_of_day) - r.run_from AS BIGINT) + 1 AS incurred_days
    FROM cost_runs AS r
    CROSS JOIN settings AS g
    WHERE r.run_from <= g.as_of_day
),
incurred AS (
    SELECT
        c.campaign_id, c.channel, c.currency, c.ends_on, c.rate_missing, c.too_large, c.is_ad_cost, c.run_from + CAST(d.nth - 1 AS INTEGER) AS day,
        share_of(c.micros, d.nth - 1, d.nth, c.run_days) AS micros,
        share_of(c.impressions, c.days_before + d.nth - 1, c.days_before + d.nth, c.days) AS impressions,
        share_of(c.clicks, c.days_before + d.nth - 1, c.days_before + d.nth, c.days) AS clicks,
        share_of(c.reported_conversions, c.days_before + d.nth - 1, c.days_before + d.nth, c.days) AS reported_conversions,
        share_of(c.reported_value, d.nth - 1, d.nth, c.run_days) AS reported_value
    FROM converted AS c
    CROSS JOIN LATERAL (SELECT UNNEST(RANGE(1, c.incurred_days + 1)) AS nth) AS d
),
touched_campaigns AS (
    SELECT campaign_key, MIN(channel_key) AS channel_key
    FROM touch_kind_facts
    WHERE campaign_key > 0
    GROUP BY campaign_key
    HAVING MIN(channel_key) = MAX(channel_key)
),
booked AS (
    SELECT
        i.*,
        COALESCE(c.campaign_key, 0) AS campaign_key,
        CASE
            WHEN i.campaign_id IS NULL THEN COALESCE(h.channel_key, 0)
            ELSE COALESCE(c.channel_key, h.channel_key, t.channel_key, 0)
        END AS channel_key
    FROM incurred AS i
    LEFT JOIN campaign_keys AS c ON c.campaign_id = i.campaign_id
    LEFT JOIN channel_names AS n ON n.written = i.channel
    LEFT JOIN channels AS h ON h.channel = n.channel
    LEFT JOIN touched_campaigns AS t ON t.campaign_key = c.campaign_key
)
SELECT
    b.day, b.campaign_key, b.channel_key, b.micros, b.rate_missing, b.too_large, b.currency AS cost_currency, b.ends_on,
    b.day >= g.from_day AND b.day <= g.to_day AS in_period,
    b.is_ad_cost AND b.day > g.as_of_day - COALESCE(p.days, 0) AS is_provisional,
    b.impressions, b.clicks, b.reported_conversions, b.reported_value
FROM booked AS b
CROSS JOIN settings AS g
LEFT JOIN provisional_days AS p ON p.channel_key = b.channel_key
