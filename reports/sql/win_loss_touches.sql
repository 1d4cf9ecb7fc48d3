-- grain: period_type, period_start, period_end, opportunity_type, dimension, member
-- Of the opportunities that closed in the period, those with a touchpoint of a channel or campaign
-- in the journey to their close, won or lost alike, against those without one: how many of each
-- were won. This is an association, not an effect: buyers who are about to buy also click more.
-- shows: period_label, dimension, member, with_won, with_lost, with_win_rate, without_win_rate,
--   difference, answer, difference_low, difference_high, without_won, without_lost, touches
-- default: opportunity_type = new_business, dimension = channel
-- bar: with_win_rate
-- columns:
--   period_type | text | all, week, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | first day of the period
--   period_end | day | last day of the period
--   period_label | text | the name of the period
--   opportunity_type | text | new_business, expansion, renewal or other
--   dimension | text | `channel` or `campaign`
--   member | text | the channel or the campaign_id. `(none)`: touchpoints without one.
--     `(unattributed)`: the journey has no touchpoint at all
--   campaign_name | text | the name of the campaign
--   evidence | text | always `association`: the two groups differ in more than this touchpoint
--   with_won | opportunities | opportunities with such a touchpoint that were won
--   with_lost | opportunities | opportunities with such a touchpoint that were lost
--   with_win_rate | rate | `with_won` / (`with_won` + `with_lost`)
--   with_wilson_low | rate | lower end of its 95 % interval (Wilson score interval)
--   with_wilson_high | rate | upper end of the same interval
--   without_won | opportunities | opportunities without such a touchpoint that were won
--   without_lost | opportunities | opportunities without such a touchpoint that were lost
--   without_win_rate | rate | `without_won` / (`without_won` + `without_lost`)
--   without_wilson_low | rate | lower end of its 95 % interval (Wilson score interval)
--   without_wilson_high | rate | upper end of the same interval
--   small_sample | true/false | one of the two groups has fewer than 30 opportunities
--   difference | rate | `with_win_rate` minus `without_win_rate`
--   difference_low | rate | lower end of the 95 % interval of `difference` (Newcombe, method 10)
--   difference_high | rate | upper end of the same interval
--   answer | text | `better`, `worse` or `cannot say`: the interval contains 0. Empty if
--     one of the two groups is empty
--   touches | touchpoints | touchpoints of the channel or campaign in the journeys to the close
WITH closed AS (
    SELECT
        deals.opportunity_key, deals.opportunity_type, deals.outcome, span_periods.period_key
    FROM deal_outcomes AS deals
    ASOF INNER JOIN calendar_spans AS spans ON deals.closed_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    WHERE deals.outcome <> 'open'
),
totals AS (
    SELECT
        period_key, opportunity_type,
        COUNT(*) FILTER (WHERE outcome = 'won') AS won, COUNT(*) FILTER (WHERE outcome = 'lost') AS lost
    FROM closed
    GROUP BY period_key, opportunity_type
),
members AS (
    SELECT found.opportunity_key, 'channel' AS dimension, channels.channel AS member, NULL AS campaign_name, SUM(found.touches) AS touches
    FROM close_touches AS found
    INNER JOIN channels ON channels.channel_key = found.channel_key
    GROUP BY found.opportunity_key, channels.channel
    UNION ALL
    SELECT found.opportunity_key, 'campaign', campaigns.campaign_id, campaigns.campaign_name, SUM(found.touches)
    FROM close_touches AS found
    INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = found.campaign_key
    GROUP BY found.opportunity_key, campaigns.campaign_id, campaigns.campaign_name
    UNION ALL
    SELECT deals.opportunity_key, dimensions.dimension, '(unattributed)', NULL, 0
    FROM deal_outcomes AS deals
    CROSS JOIN (VALUES ('channel'), ('campaign')) AS dimensions(dimension)
    WHERE deals.touches = 0
),
touched AS (
    SELECT
        closed.period_key, closed.opportunity_type, members.dimension, members.member, members.campaign_name,
        COUNT(*) FILTER (WHERE closed.outcome = 'won') AS with_won,
        COUNT(*) FILTER (WHERE closed.outcome = 'lost') AS with_lost,
        SUM(members.touches) AS touches
    FROM closed
    INNER JOIN members ON members.opportunity_key = closed.opportunity_key
    GROUP BY closed.period_key, closed.opportunity_type, members.dimension, members.member, members.campaign_name
),
compared AS (
    SELECT
        totals.period_key, totals.opportunity_type,
        touched.dimension, touched.member, touched.campaign_name, touched.touches,
        touched.with_won, touched.with_lost, touched.with_won + touched.with_lost AS with_closed,
        totals.won - touched.with_won AS without_won, totals.lost - touched.with_lost AS without_lost,
        totals.won + totals.lost - touched.with_won - touched.with_lost AS without_closed
    FROM touched
    INNER JOIN totals
        ON totals.period_key = touched.period_key AND totals.opportunity_type = touched.opportunity_type
),
intervals AS (
    SELECT
        *,
        newcombe_low(with_won, with_closed, without_won, without_closed) AS low,
        newcombe_high(with_won, with_closed, without_won, without_closed) AS high
    FROM compared
)
SELECT
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    intervals.opportunity_type,
    intervals.dimension,
    intervals.member,
    intervals.campaign_name,
    'association' AS evidence,
    CAST(intervals.with_won AS BIGINT) AS with_won,
    CAST(intervals.with_lost AS BIGINT) AS with_lost,
    ratio(CAST(intervals.with_won AS HUGEINT), intervals.with_closed) AS with_win_rate,
    wilson_low(intervals.with_won, intervals.with_closed) AS with_wilson_low,
    wilson_high(intervals.with_won, intervals.with_closed) AS with_wilson_high,
    CAST(intervals.without_won AS BIGINT) AS without_won,
    CAST(intervals.without_lost AS BIGINT) AS without_lost,
    ratio(CAST(intervals.without_won AS HUGEINT), intervals.without_closed) AS without_win_rate,
    wilson_low(intervals.without_won, intervals.without_closed) AS without_wilson_low,
    wilson_high(intervals.without_won, intervals.without_closed) AS without_wilson_high,
    intervals.with_closed < 30 OR intervals.without_closed < 30 AS small_sample,
    ratio(
        CAST(intervals.with_won AS HUGEINT) * intervals.without_closed - CAST(intervals.without_won AS HUGEINT) * intervals.with_closed,
        CAST(intervals.with_closed AS HUGEINT) * intervals.without_closed
    ) AS difference,
    intervals.low AS difference_low,
    intervals.high AS difference_high,
    difference_word(intervals.low, intervals.high, TRUE, TRUE) AS answer,
    CAST(intervals.touches AS BIGINT) AS touches
FROM intervals
INNER JOIN calendar_periods AS periods ON periods.period_key = intervals.period_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = intervals.opportunity_type
ORDER BY
    intervals.period_key, types.position, intervals.dimension DESC, intervals.member
