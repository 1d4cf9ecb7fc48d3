-- grain: channel, stage
-- What a plan is made from: of the leads of the twelve newest months that are mature, how many came
-- to each stage of the funnel within its horizon and how fast, what they cost, and the mean amount
-- of the deals won in the 365 days before as-of. The reporting period does not limit it. Rows with
-- the channel (all) are the whole company. Columns from cost on are the same in every row of a
-- channel.
-- shows: channel, stage, leads, reached, rate, wilson_low, wilson_high, median_days, cost_per_lead,
--   average_deal, horizon_days, cohort_start, cohort_end, deals, reason
-- default: channel = (all)
-- bar: rate
-- columns:
--   channel | text | the channel of the first touchpoint of the lead's journey. `(all)`: all leads
--   stage | text | a stage of the funnel, up to the win
--   unit | text | what is counted at the stage: `person` or `opportunity`
--   cohort_start | day | the first day of the oldest of the months. Empty: no month is mature
--   cohort_end | day | the last day of the newest of the months
--   cohort_months | months | how many months: at most twelve, only those in which somebody became a
--     lead
--   leads | units | persons who became a lead in these months
--   reached | units | of stages of persons: leads that came to the stage within its horizon. An entry
--     to a later stage counts, and so does the creation of an opportunity in which the lead has a
--     role. Of stages of opportunities: opportunities of new business in which such a lead has a
--     role, each once, in the channel of its earliest lead. In the row of the win these are the
--     customers
--   rate | rate | `reached` / `leads`: the conversion of the cohort from lead to this stage. In the
--     row of the win it is the lead-to-customer rate
--   wilson_low | rate | lower end of the 95 % interval (Wilson score interval). Empty for the first
--     stage, and where more opportunities than leads were counted
--   wilson_high | rate | upper end of the same interval
--   small_sample | true/false | `leads` is below 30: read the interval, not the rate. Empty
--     for the first stage
--   horizon_days | days | the time within which a lead must come to the stage to count: `within_days`
--     of the stage
--   times | units | units with an entry to the stage itself: `median_days` is based on these
--   median_days | days | time from becoming a lead to the entry: the smallest number of days that
--     half of these units do not exceed
--   is_delivered | true/false | the stage whose entry hands a lead over to sales
--     (`handoff.delivered`)
--   reason | text | why there is no rate: `no_cohort` (no month with leads is mature), `no_leads`
--     (none of the channel in these months), `no_entries` (nobody ever entered the stage)
--   currency | text | the reporting currency
--   cost | cost | cost incurred in the same months
--   cost_per_lead | cost | `cost` / `leads`
--   deals | units | opportunities of new business won in the 365 days before as-of whose amount is
--     known
--   deals_without_amount | units | those whose amount is missing. They are not in the mean
--   deal_amount | money | the amounts of `deals`
--   average_deal | money | `deal_amount` / `deals`, rounded to the minor unit
WITH last_stage AS (
    SELECT COALESCE(MIN(CASE WHEN entered_at = 'won' THEN position END), MAX(position)) AS position
    FROM funnel_stages
),
stages AS (
    SELECT stages.position, stages.stage, stages.unit, stages.within_days, tracked.position IS NOT NULL AS is_tracked
    FROM funnel_stages AS stages
    -- One row, of the stages up to the last one of a plan.
    INNER JOIN last_stage ON stages.position <= last_stage.position
    -- At most one row.
    LEFT JOIN tracked_stages AS tracked ON tracked.position = stages.position
),
months AS (
    SELECT MIN(month) AS first_month, MAX(month) AS last_month, COUNT(*) AS months FROM plan_cohorts
),
-- Every sum is by channel and, with channel_key NULL, of all.
leads AS (
    SELECT leads.channel_key, COUNT(*) AS leads
    FROM plan_leads AS leads
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = leads.month
    GROUP BY GROUPING SETS ((leads.channel_key), ())
),
costs AS (
    SELECT days.channel_key, SUM(days.micros) AS cost_micros
    FROM cost_days AS days
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = CAST(DATE_TRUNC('month', days.day) AS DATE)
    GROUP BY GROUPING SETS ((days.channel_key), ())
),
deals AS (
    SELECT channel_key, COUNT(value_minor) AS deals, COUNT(*) - COUNT(value_minor) AS without_amount, SUM(value_minor) AS deal_minor
    FROM plan_deals
    GROUP BY GROUPING SETS ((channel_key), ())
),
reached AS (
    SELECT channel_key, position, COUNT(*) AS reached, COUNT(own_us) AS times, QUANTILE_DISC(own_us, 0.5) AS median_us
    FROM plan_reached
    GROUP BY GROUPING SETS ((channel_key, position), (position))
),
scopes AS (
    SELECT CAST(NULL AS INTEGER) AS channel_key
    UNION SELECT channel_key FROM leads
    UNION SELECT channel_key FROM costs
    UNION SELECT channel_key FROM deals
),
placed AS (
    SELECT
        scopes.channel_key, COALESCE(channels.channel, '(all)') AS channel, stages.position, stages.stage, stages.unit, stages.within_days,
        COALESCE(leads.leads, 0) AS leads, COALESCE(costs.cost_micros, 0) AS cost_micros,
        COALESCE(deals.deals, 0) AS deals, COALESCE(deals.without_amount, 0) AS without_amount, COALESCE(deals.deal_minor, 0) AS deal_minor,
        CASE
            WHEN months.months = 0 THEN 'no_cohort'
            WHEN COALESCE(leads.leads, 0) = 0 THEN 'no_leads'
            WHEN NOT stages.is_tracked THEN 'no_entries'
        END AS reason,
        CASE WHEN stages.position = 1 THEN COALESCE(leads.leads, 0) ELSE COALESCE(reached.reached, 0) END AS reached,
        reached.times, reached.median_us, months.first_month, months.last_month, months.months
    FROM scopes
    CROSS JOIN stages
    CROSS JOIN months
    -- At most one row each.
    LEFT JOIN channels ON channels.channel_key = scopes.channel_key
    LEFT JOIN leads ON leads.channel_key IS NOT DISTINCT FROM scopes.channel_key
    LEFT JOIN costs ON costs.channel_key IS NOT DISTINCT FROM scopes.channel_key
    LEFT JOIN deals ON deals.channel_key IS NOT DISTINCT FROM scopes.channel_key
    LEFT JOIN reached ON reached.channel_key IS NOT DISTINCT FROM scopes.channel_key AND reached.position = stages.position
)
SELECT
    placed.channel,
    placed.stage,
    placed.unit,
    placed.first_month AS cohort_start,
    CAST(LAST_DAY(placed.last_month) AS DATE) AS cohort_end,
    CAST(placed.months AS BIGINT) AS cohort_months,
    CAST(placed.leads AS BIGINT) AS leads,
    CASE WHEN placed.reason IS NULL THEN CAST(placed.reached AS BIGINT) END AS reached,
    CASE WHEN placed.reason IS NULL THEN ratio(placed.reached, placed.leads) END AS rate,
    CASE WHEN placed.reason IS NULL AND placed.position > 1 AND placed.reached <= placed.leads THEN wilson_low(placed.reached, placed.leads) END AS wilson_low,
    CASE WHEN placed.reason IS NULL AND placed.position > 1 AND placed.reached <= placed.leads THEN wilson_high(placed.reached, placed.leads) END AS wilson_high,
    CASE WHEN placed.reason IS NULL AND placed.position > 1 THEN placed.leads < 30 END AS small_sample,
    placed.within_days AS horizon_days,
    CASE WHEN placed.reason IS NULL AND placed.position > 1 THEN COALESCE(placed.times, 0) END AS times,
    CASE WHEN placed.reason IS NULL THEN days(placed.median_us) END AS median_days,
    placed.position IS NOT DISTINCT FROM agreed.delivered_position AS is_delivered,
    placed.reason,
    report_period.currency,
    micros(placed.cost_micros) AS cost,
    micros(divided(placed.cost_micros, NULLIF(placed.leads, 0))) AS cost_per_lead,
    CAST(placed.deals AS BIGINT) AS deals,
    CAST(placed.without_amount AS BIGINT) AS deals_without_amount,
    money(placed.deal_minor) AS deal_amount,
    money(divided(placed.deal_minor, NULLIF(placed.deals, 0))) AS average_deal
FROM placed
CROSS JOIN report_period
CROSS JOIN handoff_settings AS agreed
ORDER BY placed.channel_key IS NOT NULL, placed.channel, placed.position
