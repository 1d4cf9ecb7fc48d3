-- grain: channel, campaign_id
-- How long after they happened touchpoints were recorded, of those that touch_corrections puts
-- right: a list of an event that is uploaded weeks later is recorded after the deals that it led to.
-- shows: channel, campaign_id, corrected, dropped, median_lag_days, longest_lag_days,
--   recorded_from, recorded_to
-- bar: corrected
-- columns:
--   channel | text | the channel as it was recorded; `(none)` without one
--   campaign_id | text | the campaign; `(none)` without one
--   corrected | touchpoints | touchpoints whose moment was put right
--   dropped | touchpoints | touchpoints that did not happen
--   median_lag_days | days | median of the time from the moment at which they happened to the
--     recorded one; below 0 if they were recorded as earlier; NULL if none was corrected
--   longest_lag_days | days | the longest of these times
--   recorded_from | instant | the earliest recorded moment
--   recorded_to | instant | the latest recorded moment
WITH moments AS (
    SELECT
        COALESCE(channel, '(none)') AS channel, COALESCE(campaign_id, '(none)') AS campaign_id, recorded_at, happened_at,
        EPOCH_US(recorded_at) - EPOCH_US(happened_at) AS lag_us
    FROM touch_moments
)
SELECT
    channel,
    campaign_id,
    COUNT(happened_at) AS corrected,
    COUNT(*) - COUNT(happened_at) AS dropped,
    SIGN(QUANTILE_DISC(lag_us, 0.5)) * days(ABS(QUANTILE_DISC(lag_us, 0.5))) AS median_lag_days,
    SIGN(MAX(lag_us)) * days(ABS(MAX(lag_us))) AS longest_lag_days,
    MIN(recorded_at) AS recorded_from,
    MAX(recorded_at) AS recorded_to
FROM moments
GROUP BY channel, campaign_id
ORDER BY channel, campaign_id
