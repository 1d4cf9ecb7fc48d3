-- grain: basis, period_type, period_start, period_end, model, currency, channel, campaign_id
-- What advertising platforms claim, beside what is credited: cost, impressions, clicks, and the
-- conversions and the value that platforms report, against the leads, wins and revenue of new
-- business. A channel or campaign has a row in each period in which a row of costs reports anything
-- of it. A channel has a row with campaign_id `(all)`, a campaign one with channel `(all)`, and both
-- `(all)` are the channels together: sum one kind of row. The whole reporting period has every
-- model, months and longer periods have the primary model. Platforms date a conversion by its
-- click, as basis `cohort` does.
-- shows: period_label, channel, campaign_id, cost, reported_conversions, credited_leads,
--   claimed_to_credited_leads, reported_value, credited_revenue, claimed_to_credited_value,
--   impressions, clicks, ctr, cpc, cpm, credited_won, small_leads
-- default: basis = period, model = (primary), campaign_id = (all)
-- bar: cost
-- columns:
--   basis | text | `period` or `cohort` (the two bases)
--   period_type | text | all, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | the first day of the period, of those in the reporting period. NULL in the
--     rows `all` if the reporting period has no first day
--   period_end | day | the last day of the period, of those in the reporting period. NULL in the
--     rows `all` if the reporting period has no last day
--   period_label | text | the name of the period: 2026-11, 2026 Q4, 2026, FY2027 Q1, FY2027, or all
--   model | text | the attribution model
--   currency | text | the reporting currency
--   channel | text | the channel in which the cost is booked; `(all)` in the row of a campaign
--   campaign_id | text | the campaign; `(all)` in the row of a channel. `(none)`: booked at a channel
--   campaign_name | text | its name. Empty in the row of a channel
--   cost | money, 6 decimals | all cost of the channel or campaign in the period
--   reported_cost | money, 6 decimals | the part of it in rows of `costs` that report any of the four
--     following figures
--   impressions | count | impressions. Empty: no row of costs has any
--   clicks | count | clicks. Empty: no row of costs has any
--   reported_conversions | units | conversions that platforms report. Empty: no row of costs has any
--   reported_value | money, 6 decimals | the value that platforms report for them. Empty: no row of
--     costs has any
--   ctr | rate | click-through rate: `clicks` / `impressions`
--   cpc | money per unit | cost per click: `reported_cost` / `clicks`
--   cpm | money per unit | cost per thousand impressions: 1000 x `reported_cost` / `impressions`
--   credited_leads | units | leads credited to the channel or campaign
--   credited_won | units | won opportunities of new business credited to it
--   credited_revenue | money | revenue of new business credited to it
--   claimed_to_credited_leads | ratio | `reported_conversions` / `credited_leads`: for platforms that
--     count leads. 1: the platform claims as many as are credited
--   claimed_to_credited_won | ratio | `reported_conversions` / `credited_won`: for platforms that
--     count won opportunities
--   claimed_to_credited_value | ratio | `reported_value` / `credited_revenue`
--   ratio_reason | text | why ratios are empty, if any is: the denominators that are 0 or not known
--     (`no_impressions`, `no_clicks`, `no_leads`, `no_won`, `no_revenue`) and the figures that no row
--     of costs has (`no_reported_conversions`, `no_reported_value`), with blanks between them
--   small_impressions | true/false | fewer than 30 `impressions`: `ctr` and `cpm` are chance
--   small_clicks | true/false | fewer than 30 `clicks`: `cpc` is chance
--   small_leads | true/false | fewer than 30 `credited_leads`: `claimed_to_credited_leads` is chance
--   small_won | true/false | fewer than 30 `credited_won`: `claimed_to_credited_won` and
--     `claimed_to_credited_value` are chance
--   provisional_cost | money, 6 decimals | the part of `cost` that is not final, as the figures
--     beside it: ad cost of the newest days up to as-of (`costs.provisional_days`)
WITH slices AS (
    SELECT slices.slice_key, slices.basis, slices.model, models.position
    FROM performance_slices AS slices
    -- One row.
    INNER JOIN models ON models.model = slices.model
    WHERE slices.opportunity_type = 'new_business'
),
kept AS (
    SELECT claims.*, slices.slice_key, slices.basis, slices.model, slices.position
    FROM claim_sums AS claims
    -- One row.
    INNER JOIN calendar_periods AS periods ON periods.period_key = claims.period_key
    -- One row per basis, of the whole period per basis and model.
    INNER JOIN slices ON slices.position = 0 OR periods.period_type = 'all'
),
credited AS (
    SELECT grain, slice_key, period_key, campaign_key, channel_key, cost, provisional_cost, leads, won, revenue
    FROM performance_sums
    WHERE grain IN ('channel', 'campaign')
    UNION ALL
    SELECT
        'campaign', amounts.slice_key, month_periods.period_key, amounts.campaign_key, NULL,
        SUM(amounts.amount) FILTER (WHERE amounts.measure = 'cost'),
        SUM(amounts.amount) FILTER (WHERE amounts.measure = 'provisional_cost'),
        SUM(amounts.amount) FILTER (WHERE amounts.measure = 'leads'),
        SUM(amounts.amount) FILTER (WHERE amounts.measure = 'won'),
        SUM(amounts.amount) FILTER (WHERE amounts.measure = 'revenue')
    FROM performance_amounts AS amounts
    -- One row per type of period.
    INNER JOIN month_periods ON month_periods.month = amounts.month
    -- One row, of the slices of the primary model.
    INNER JOIN slices ON slices.slice_key = amounts.slice_key AND slices.position = 0
    SEMI JOIN claim_sums AS claims ON claims.grain = 'campaign' AND claims.campaign_key = amounts.campaign_key
    GROUP BY amounts.slice_key, month_periods.period_key, amounts.campaign_key
),
joined AS (
    SELECT
        kept.*, COALESCE(credited.cost, 0) AS cost, COALESCE(credited.provisional_cost, 0) AS provisional_cost,
        COALESCE(credited.leads, 0) AS leads, COALESCE(credited.won, 0) AS won, COALESCE(credited.revenue, 0) AS revenue
    FROM kept
    -- At most one row.
    LEFT JOIN credited
        ON credited.grain = kept.grain AND credited.slice_key = kept.slice_key AND credited.period_key = kept.period_key
        AND credited.campaign_key IS NOT DISTINCT FROM kept.campaign_key AND credited.channel_key IS NOT DISTINCT FROM kept.channel_key
    WHERE kept.grain <> 'company'
),
-- The channels together: their cost and credit, too.
together AS (
    SELECT
        kept.*, channels.cost, channels.provisional_cost, channels.leads, channels.won, channels.revenue
    FROM kept
    -- One row.
    INNER JOIN (
        SELECT
            slice_key, period_key, SUM(cost) AS cost, SUM(provisional_cost) AS provisional_cost, SUM(leads) AS leads, SUM(won) AS won, SUM(revenue) AS revenue
        FROM joined
        WHERE grain = 'channel'
        GROUP BY slice_key, period_key
    ) AS channels ON channels.slice_key = kept.slice_key AND channels.period_key = kept.period_key
    WHERE kept.grain = 'company'
),
figures AS (
    SELECT * FROM joined
    UNION ALL BY NAME
    SELECT * FROM together
)
SELECT
    figures.basis,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    figures.model,
    report_period.currency,
    COALESCE(channels.channel, '(all)') AS channel,
    COALESCE(campaigns.campaign_id, '(all)') AS campaign_id,
    campaigns.campaign_name,
    micros(figures.cost) AS cost,
    micros(figures.reported_cost) AS reported_cost,
    CAST(figures.impressions AS DECIMAL(38, 0)) AS impressions,
    CAST(figures.clicks AS DECIMAL(38, 0)) AS clicks,
    units(figures.reported_conversions) AS reported_conversions,
    micros(figures.reported_value) AS reported_value,
    ratio(figures.clicks, figures.impressions) AS ctr,
    ratio(figures.reported_cost, figures.clicks * 1000000) AS cpc,
    ratio(figures.reported_cost, figures.impressions * 1000) AS cpm,
    units(figures.leads) AS credited_leads,
    units(figures.won) AS credited_won,
    money(figures.revenue) AS credited_revenue,
    ratio(figures.reported_conversions, figures.leads) AS claimed_to_credited_leads,
    ratio(figures.reported_conversions, figures.won) AS claimed_to_credited_won,
    ratio(figures.reported_value * report_period.minor_per_unit, figures.revenue * 1000000) AS claimed_to_credited_value,
    NULLIF(
        CONCAT_WS(
            ' ',
            CASE WHEN COALESCE(figures.impressions, 0) = 0 THEN 'no_impressions' END,
            CASE WHEN COALESCE(figures.clicks, 0) = 0 THEN 'no_clicks' END,
            CASE WHEN figures.reported_conversions IS NULL THEN 'no_reported_conversions' END,
            CASE WHEN figures.reported_value IS NULL THEN 'no_reported_value' END,
            CASE WHEN figures.leads = 0 THEN 'no_leads' END,
            CASE WHEN figures.won = 0 THEN 'no_won' END,
            CASE WHEN figures.revenue = 0 THEN 'no_revenue' END
        ),
        ''
    ) AS ratio_reason,
    COALESCE(figures.impressions, 0) < 30 AS small_impressions,
    COALESCE(figures.clicks, 0) < 30 AS small_clicks,
    figures.leads < 30000000 AS small_leads,
    figures.won < 30000000 AS small_won,
    micros(figures.provisional_cost) AS provisional_cost
FROM figures
CROSS JOIN report_period
-- One row each; no channel or campaign, where all are together.
INNER JOIN calendar_periods AS periods ON periods.period_key = figures.period_key
LEFT JOIN channels ON channels.channel_key = figures.channel_key
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = figures.campaign_key
ORDER BY
    figures.basis DESC, figures.period_key, figures.position,
    CASE figures.grain WHEN 'company' THEN 0 WHEN 'channel' THEN 1 ELSE 2 END, channels.channel, campaigns.campaign_id
