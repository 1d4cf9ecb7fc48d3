-- delivery_touches: one row per delivery whose journey has a touchpoint: the channel of the first
-- touchpoint and the campaign of the last one. The journey has the eligible touchpoints of the
-- person up to the delivery, within the look-back window of persons. If direct touchpoints are a
-- fallback, a journey uses them only if it has no other touchpoint.
CREATE TABLE delivery_touches AS
WITH touched AS (
    SELECT
        windows.delivery_key, touches.occurred_us, touches.touch_id, touches.channel_key, touches.campaign_key,
        settings.direct_is_fallback AND channels.is_direct AS is_behind
    FROM delivery_windows AS windows
    CROSS JOIN settings
    INNER JOIN touch_facts AS touches ON touches.person_key = windows.person_key
    INNER JOIN channels ON channels.channel_key = touches.channel_key
    WHERE touches.excluded_reason IS NULL
        AND touches.occurred_us BETWEEN windows.delivered_us - settings.person_lookback_us AND windows.until_us
)
SELECT
    delivery_key,
    ARG_MIN(channel_key, (is_behind, occurred_us, touch_id)) AS channel_key,
    ARG_MAX(campaign_key, (NOT is_behind, occurred_us, touch_id)) AS campaign_key
FROM touched
GROUP BY delivery_key
