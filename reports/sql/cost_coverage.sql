-- grain: channel, campaign_id
-- How much of the cost meets touchpoints, and of the touchpoints cost: where one is without the
-- other, ROI is about half of the matter. A channel has a row with campaign_id `(all)`, a campaign
-- one with channel `(all)`, and both `(all)` are the whole: sum one kind of row. Cost and revenue are
-- of the reporting period, touchpoints are all that count. Cost of a campaign meets touchpoints of
-- the campaign in any channel; cost booked at a channel meets the touchpoints of the channel.
-- shows: channel, campaign_id, cost, share_covered, cost_without_touches, touches,
--   touches_without_cost, revenue, revenue_without_cost, status, campaigns, campaigns_without_dates
-- default: campaign_id = (all)
-- bar: cost
-- columns:
--   channel | text | the channel in which cost is booked, or that touchpoints name; `(all)` in the row
--     of a campaign
--   campaign_id | text | the campaign; `(all)` in the row of a channel. `(none)`: cost booked at a
--     channel, and touchpoints without a campaign
--   campaign_name | text | its name. Empty in the row of a channel
--   currency | text | the reporting currency
--   cost | money, 6 decimals | cost incurred in the reporting period
--   cost_with_touches | money, 6 decimals | the part of it that meets touchpoints
--   cost_without_touches | money, 6 decimals | the other part: no touchpoint can earn its credit
--   share_covered | share | `cost_with_touches` / `cost`. Empty if `cost` is 0
--   touches | count | touchpoints that count
--   touches_with_cost | count | those whose campaign, or whose channel without a campaign, has cost in
--     the reporting period
--   touches_without_cost | count | the others
--   revenue | money | revenue of new business that the primary model credits in the reporting period
--   revenue_with_cost | money | the part of it that is credited to touchpoints with cost
--   revenue_without_cost | money | the other part: it has no ROI
--   campaigns | count | campaigns with cost or touchpoints
--   campaigns_without_dates | count | those without `starts_on` or `ends_on`, or that are not in
--     `campaigns`: `budgets` has no pace for them
--   cost_without_dates | money, 6 decimals | the cost of these campaigns
--   status | text | `covered`; `cost_without_touches` or `touches_without_cost`: all of it;
--     `partly`: a part of the cost or of the touchpoints; `no_cost_and_touches`: only credit of the
--     past, or cost that sums to 0
--   small_sample | true/false | fewer than 30 `touches`
WITH spent AS (
    SELECT campaign_key, channel_key, SUM(micros) AS micros
    FROM cost_days
    WHERE in_period
    GROUP BY campaign_key, channel_key
),
touched AS (
    SELECT campaign_key, channel_key, CAST(SUM(touches) AS BIGINT) AS touches
    FROM touch_groups
    WHERE excluded_reason IS NULL
    GROUP BY campaign_key, channel_key
),
credited AS (
    SELECT amounts.campaign_key, amounts.channel_key, SUM(amounts.amount) AS minor
    FROM performance_amounts AS amounts
    INNER JOIN performance_slices AS slices
        ON slices.slice_key = amounts.slice_key AND slices.basis = 'period' AND slices.opportunity_type = 'new_business'
    INNER JOIN models ON models.model = slices.model AND models.position = 0
    WHERE amounts.measure = 'revenue' AND amounts.channel_key >= 0
    GROUP BY amounts.campaign_key, amounts.channel_key
),
cells AS (
    SELECT
        keys.campaign_key, keys.channel_key,
        COALESCE(spent.micros, 0) AS micros, COALESCE(touched.touches, 0) AS touches, COALESCE(credited.minor, 0) AS minor
    FROM (
        SELECT campaign_key, channel_key FROM spent
        UNION SELECT campaign_key, channel_key FROM touched
        UNION SELECT campaign_key, channel_key FROM credited
    ) AS keys
    LEFT JOIN spent ON spent.campaign_key = keys.campaign_key AND spent.channel_key = keys.channel_key
    LEFT JOIN touched ON touched.campaign_key = keys.campaign_key AND touched.channel_key = keys.channel_key
    LEFT JOIN credited ON credited.campaign_key = keys.campaign_key AND credited.channel_key = keys.channel_key
),
judged AS (
    SELECT
        cells.*, channels.channel, campaigns.campaign_id, campaigns.campaign_name,
        CASE
            WHEN cells.campaign_key > 0 THEN cells.campaign_key IN (SELECT campaign_key FROM touched)
            ELSE cells.channel_key IN (SELECT channel_key FROM touched)
        END AS meets_touches,
        (cells.campaign_key > 0 AND cells.campaign_key IN (SELECT campaign_key FROM spent))
            OR cells.channel_key IN (SELECT channel_key FROM spent WHERE campaign_key = 0) AS meets_cost,
        cells.campaign_key > 0 AND (facts.starts_on IS NULL OR facts.ends_on IS NULL) AS lacks_dates
    FROM cells
    INNER JOIN channels ON channels.channel_key = cells.channel_key
    INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = cells.campaign_key
    LEFT JOIN campaigns AS facts ON facts.campaign_id = campaigns.campaign_id
),
summed AS (
    SELECT
        CASE WHEN GROUPING(channel) = 1 THEN '(all)' ELSE channel END AS channel,
        CASE WHEN GROUPING(campaign_id) = 1 THEN '(all)' ELSE campaign_id END AS campaign_id,
        CASE WHEN GROUPING(campaign_id) = 0 THEN MIN(campaign_name) END AS campaign_name,
        GROUPING(channel, campaign_id) AS kind,
        SUM(micros) AS cost,
        COALESCE(SUM(micros) FILTER (WHERE meets_touches), 0) AS cost_with,
        SUM(touches) AS touches,
        COALESCE(SUM(touches) FILTER (WHERE meets_cost), 0) AS touches_with,
        SUM(minor) AS minor,
        COALESCE(SUM(minor) FILTER (WHERE meets_cost), 0) AS minor_with,
        COUNT(DISTINCT campaign_key) FILTER (WHERE campaign_key > 0 AND (micros <> 0 OR touches > 0)) AS campaigns,
        COUNT(DISTINCT campaign_key) FILTER (WHERE lacks_dates AND (micros <> 0 OR touches > 0)) AS without_dates,
        COALESCE(SUM(micros) FILTER (WHERE lacks_dates), 0) AS cost_without_dates
    FROM judged
    GROUP BY GROUPING SETS ((), (channel), (campaign_id))
    HAVING COUNT(*) > 0
)
SELECT
    summed.channel,
    summed.campaign_id,
    summed.campaign_name,
    report_period.currency,
    micros(summed.cost) AS cost,
    micros(summed.cost_with) AS cost_with_touches,
    micros(summed.cost - summed.cost_with) AS cost_without_touches,
    ratio(summed.cost_with, summed.cost) AS share_covered,
    CAST(summed.touches AS BIGINT) AS touches,
    CAST(summed.touches_with AS BIGINT) AS touches_with_cost,
    CAST(summed.touches - summed.touches_with AS BIGINT) AS touches_without_cost,
    money(summed.minor) AS revenue,
    money(summed.minor_with) AS revenue_with_cost,
    money(summed.minor - summed.minor_with) AS revenue_without_cost,
    summed.campaigns,
    summed.without_dates AS campaigns_without_dates,
    micros(summed.cost_without_dates) AS cost_without_dates,
    CASE
        WHEN summed.cost = 0 AND summed.touches = 0 THEN 'no_cost_and_touches'
        WHEN summed.touches > 0 AND summed.touches_with = 0 AND summed.cost = 0 THEN 'touches_without_cost'
        WHEN summed.cost <> 0 AND summed.cost_with = 0 THEN 'cost_without_touches'
        WHEN summed.cost_with = summed.cost AND summed.touches_with = summed.touches THEN 'covered'
        ELSE 'partly'
    END AS status,
    summed.touches < 30 AS small_sample
FROM summed
CROSS JOIN report_period
ORDER BY CASE summed.kind WHEN 3 THEN 0 WHEN 1 THEN 1 ELSE 2 END, summed.channel, summed.campaign_id
