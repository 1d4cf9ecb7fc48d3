-- grain: period_type, period_start, period_end, outcome, reason, campaign_id, owner
-- Why deliveries end as they do: the reason that the row with the outcome gives. Rows are by
-- outcome, then by reason, by campaign and by owner, with `(all)` in the other columns; and of
-- every combination of the three.
-- shows: period_label, outcome, reason, campaign_id, owner, deliveries, share, of_outcome
-- default: campaign_id = (all), owner = (all)
-- bar: deliveries
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period of the delivery. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   outcome | text | `accepted`, `rejected`, `recycled`, `expired`, `superseded` or `open`
--   reason | text | the reason in the history. `(no reason)`: none was given, or there is no row
--   campaign_id | text | campaign of the last touch at or before the delivery. `(none)`: the touch
--     has none; `(unattributed)`: there is no touch
--   campaign_name | text | its name
--   owner | text | the owner of the delivery
--   deliveries | units | deliveries with this outcome
--   of_outcome | units | all deliveries of the period with this outcome
--   share | rate | `deliveries` / `of_outcome`
--   small_sample | true/false | `of_outcome` is below 30
WITH dated AS (
    SELECT
        deliveries.outcome, COALESCE(deliveries.reason, '(no reason)') AS reason,
        campaigns.campaign_id, deliveries.owner, span_periods.period_key
    FROM deliveries
    INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = deliveries.campaign_key
    ASOF JOIN calendar_spans AS spans ON deliveries.delivered_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
),
counted AS (
    SELECT
        period_key, outcome, COALESCE(reason, '(all)') AS reason, COALESCE(campaign_id, '(all)') AS campaign_id, COALESCE(owner, '(all)') AS owner,
        COUNT(*) AS deliveries
    FROM dated
    GROUP BY GROUPING SETS (
        (period_key, outcome),
        (period_key, outcome, reason),
        (period_key, outcome, campaign_id),
        (period_key, outcome, owner),
        (period_key, outcome, reason, campaign_id, owner)
    )
),
totals AS (
    SELECT period_key, outcome, COUNT(*) AS deliveries
    FROM dated
    GROUP BY period_key, outcome
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    counted.outcome, counted.reason, counted.campaign_id, campaigns.campaign_name, counted.owner,
    counted.deliveries,
    totals.deliveries AS of_outcome,
    ratio(CAST(counted.deliveries AS HUGEINT), totals.deliveries) AS share,
    totals.deliveries < 30 AS small_sample
FROM counted
INNER JOIN totals ON totals.period_key = counted.period_key AND totals.outcome = counted.outcome
INNER JOIN calendar_periods AS periods ON periods.period_key = counted.period_key
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_id = counted.campaign_id
ORDER BY counted.period_key, counted.outcome, counted.reason, counted.campaign_id, counted.owner
