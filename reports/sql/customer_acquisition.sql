-- grain: period_type, period_start, period_end, currency, channel
-- What a new customer costs, and after how many months it has paid for itself: all cost of a period
-- against the accounts whose first win is in it. A channel has its cost, and the part of the new
-- customers that the primary model credits to it. Cost is of the period, and so are the customers,
-- although most of their touchpoints are older: read long periods.
-- shows: period_label, channel, cost, new_customers, cac, payback_months, first_revenue,
--   monthly_per_customer, monthly_revenue, small_sample, ratio_reason
-- bar: new_customers
-- columns:
--   period_type | text | all, week, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | the first day of the period, of those in the reporting period. NULL in the
--     rows `all` if the reporting period has no first day
--   period_end | day | the last day of the period, of those in the reporting period. NULL in the
--     rows `all` if the reporting period has no last day
--   period_label | text | the name of the period: 2026-W47, 2026-11, 2026 Q4, 2026, FY2027 Q1,
--     FY2027, or all
--   currency | text | the reporting currency
--   channel | text | the channel; `(all)`: the company; `(unattributed)`: new customers that no
--     touchpoint earned
--   model | text | the primary model, which credits new customers to channels. Empty in the rows of
--     the company, which no model decides
--   cost | money, 6 decimals | cost incurred in the period
--   new_customers | units | accounts whose first win is in the period: the earliest of all their wins
--     up to as-of, of any opportunity type; of several at one instant, the one with the least id. Of a
--     channel, what is credited to it of these wins. Test accounts are no customers
--   first_wins_of_other_types | units | those of them whose first win is not new business: they may
--     have been customers before the data begins
--   first_revenue | money | the amounts of these first wins
--   with_amount | units | those of `new_customers` whose first win has an amount
--   monthly_revenue | money, 6 decimals | what they pay per month: the sum of amount / `term_months` of
--     each first win, rounded to the sixth decimal; of a channel, of what is credited to it
--   monthly_per_customer | money per unit | `monthly_revenue` / `with_amount`
--   with_own_term | units | those of `with_amount` whose opportunity has `term_months`; the others
--     have the term of `economics.term_months`
--   cac | money per unit | customer acquisition cost: `cost` / `new_customers`
--   margin | share | `economics.margin`. Empty: not given
--   payback_months | ratio | months until the margin of a new customer has paid for its acquisition:
--     `cac` / (`monthly_per_customer` x `margin`), divided once. Empty if that is not above 0
--   ratio_reason | text | why a ratio is empty, the first that applies: `no_cost`, `no_new_customers`,
--     `no_amount` (no first win has an amount, or they sum to 0 or less), `no_margin`
--   small_sample | true/false | fewer than 30 `new_customers`: `cac` and `payback_months` are chance
--   wins_without_account | units | wins of the period that name no account: whether they are those of
--     new customers is not known. In the rows of the company
--   provisional_cost | money, 6 decimals | the part of `cost` that is not final: ad cost of the newest
--     days up to as-of (`costs.provisional_days`)
WITH wins AS (
    SELECT
        conversions.conversion_key, conversions.anchor_us, conversions.opportunity_id, conversions.opportunity_type, conversions.value_minor,
        facts.account_id, COALESCE(opportunities.term_months, 0) > 0 AS has_term,
        CASE WHEN opportunities.term_months > 0 THEN opportunities.term_months ELSE settings.term_months END AS term_months
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type AND types.name = 'revenue'
    INNER JOIN opportunity_facts AS facts ON facts.opportunity_key = conversions.opportunity_key
    INNER JOIN opportunities ON opportunities.opportunity_id = conversions.opportunity_id
    CROSS JOIN settings
    ANTI JOIN test_accounts AS tests ON tests.account_id = facts.account_id
    WHERE conversions.is_counted AND conversions.reverses_opportunity_id IS NULL
),
first_wins AS (
    SELECT *
    FROM wins
    WHERE account_id IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY anchor_us, opportunity_id) = 1
),
credited AS (
    SELECT journey_channels.conversion_key, journey_channels.channel_key, journey_channels.primary_minor AS minor, journey_channels.primary_millionths AS millionths
    FROM journey_channels
    SEMI JOIN first_wins ON first_wins.conversion_key = journey_channels.conversion_key
),
-- A first win, and what is credited of it to each channel: the rest is unattributed. The company has
-- the whole of it, under no channel.
parts AS (
    SELECT conversion_key, NULL AS channel_key, value_minor AS minor, 1000000 AS millionths FROM first_wins
    UNION ALL
    SELECT conversion_key, channel_key, minor, millionths FROM credited
    UNION ALL
    SELECT
        first_wins.conversion_key, -1,
        first_wins.value_minor - CAST(COALESCE(SUM(credited.minor), 0) AS BIGINT), 1000000 - CAST(COALESCE(SUM(credited.millionths), 0) AS BIGINT)
    FROM first_wins
    LEFT JOIN credited ON credited.conversion_key = first_wins.conversion_key
    GROUP BY first_wins.conversion_key, first_wins.value_minor
),
valued AS (
    SELECT
        parts.channel_key, first_wins.anchor_us, parts.millionths, first_wins.opportunity_type, first_wins.has_term,
        first_wins.value_minor IS NOT NULL AS has_amount,
        CASE WHEN first_wins.value_minor IS NOT NULL THEN parts.minor END AS minor,
        CASE
            WHEN first_wins.value_minor IS NOT NULL
                THEN divided(CAST(parts.minor AS HUGEINT) * 1000000, CAST(report_period.minor_per_unit AS HUGEINT) * first_wins.term_months)
        END AS monthly_micros
    FROM parts
    INNER JOIN first_wins ON first_wins.conversion_key = parts.conversion_key
    CROSS JOIN report_period
    WHERE parts.millionths <> 0 OR parts.minor <> 0
),
acquired AS (
    SELECT
        span_periods.period_key, valued.channel_key,
        SUM(valued.millionths) AS customers,
        SUM(valued.millionths) FILTER (WHERE valued.opportunity_type <> 'new_business') AS other_types,
        SUM(valued.minor) AS minor,
        SUM(valued.millionths) FILTER (WHERE valued.has_amount) AS with_amount,
        SUM(valued.monthly_micros) AS monthly_micros,
        SUM(valued.millionths) FILTER (WHERE valued.has_amount AND valued.has_term) AS with_term
    FROM valued
    ASOF JOIN calendar_spans AS spans ON valued.anchor_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    GROUP BY span_periods.period_key, valued.channel_key
),
homeless AS (
    SELECT span_periods.period_key, COUNT(*) AS wins
    FROM wins
    ASOF JOIN calendar_spans AS spans ON wins.anchor_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    WHERE wins.account_id IS NULL
    GROUP BY span_periods.period_key
),
days AS (
    SELECT
        day, channel_key, SUM(micros) AS micros, COALESCE(SUM(micros) FILTER (WHERE is_provisional), 0) AS provisional_micros
    FROM cost_days
    WHERE in_period
    GROUP BY day, channel_key
),
day_periods AS (
    SELECT found.day, periods.period_key
    FROM (SELECT DISTINCT day FROM days) AS found
    INNER JOIN calendar_periods AS periods ON found.day BETWEEN COALESCE(periods.period_start, found.day) AND COALESCE(periods.period_end, found.day)
),
spent AS (
    SELECT day_periods.period_key, days.channel_key, SUM(days.micros) AS micros, SUM(days.provisional_micros) AS provisional_micros
    FROM days
    INNER JOIN day_periods ON day_periods.day = days.day
    GROUP BY GROUPING SETS ((day_periods.period_key), (day_periods.period_key, days.channel_key))
),
-- The company has a row in every period, a channel where it has cost or new customers.
keys AS (
    SELECT period_key, CAST(NULL AS INTEGER) AS channel_key FROM calendar_periods
    UNION
    SELECT period_key, channel_key FROM acquired
    UNION
    SELECT period_key, channel_key FROM spent
),
figures AS (
    SELECT
        keys.period_key, keys.channel_key,
        COALESCE(spent.micros, 0) AS cost, COALESCE(spent.provisional_micros, 0) AS provisional_cost,
        COALESCE(acquired.customers, 0) AS customers, COALESCE(acquired.other_types, 0) AS other_types, COALESCE(acquired.minor, 0) AS minor,
        COALESCE(acquired.with_amount, 0) AS with_amount, COALESCE(acquired.monthly_micros, 0) AS monthly_micros,
        COALESCE(acquired.with_term, 0) AS with_term,
        CASE WHEN keys.channel_key IS NULL THEN COALESCE(homeless.wins, 0) END AS wins_without_account
    FROM keys
    LEFT JOIN spent ON spent.period_key = keys.period_key AND spent.channel_key IS NOT DISTINCT FROM keys.channel_key
    LEFT JOIN acquired ON acquired.period_key = keys.period_key AND acquired.channel_key IS NOT DISTINCT FROM keys.channel_key
    LEFT JOIN homeless ON homeless.period_key = keys.period_key
)
SELECT
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    report_period.currency,
    COALESCE(channels.channel, '(all)') AS channel,
    CASE WHEN figures.channel_key IS NOT NULL THEN models.model END AS model,
    micros(figures.cost) AS cost,
    units(figures.customers) AS new_customers,
    units(figures.other_types) AS first_wins_of_other_types,
    money(figures.minor) AS first_revenue,
    units(figures.with_amount) AS with_amount,
    micros(figures.monthly_micros) AS monthly_revenue,
    ratio(figures.monthly_micros, figures.with_amount) AS monthly_per_customer,
    units(figures.with_term) AS with_own_term,
    ratio(NULLIF(figures.cost, 0), figures.customers) AS cac,
    micros(report_period.margin_millionths) AS margin,
    -- Cost and monthly revenue are in millionths, as customers and the margin are. What both sides
    -- have in common is left out: the products would pass 128 bits.
    CASE
        WHEN figures.monthly_micros > 0 AND figures.with_amount > 0 AND figures.customers > 0 AND figures.cost > 0
            THEN ratio(
                figures.cost * (figures.with_amount // GCD(figures.with_amount, figures.customers)) * (1000000 // GCD(1000000, report_period.margin_millionths)),
                figures.monthly_micros * (figures.customers // GCD(figures.with_amount, figures.customers))
                    * (report_period.margin_millionths // GCD(1000000, report_period.margin_millionths))
            )
    END AS payback_months,
    CASE
        WHEN figures.cost = 0 THEN 'no_cost'
        WHEN figures.customers <= 0 THEN 'no_new_customers'
        WHEN figures.with_amount <= 0 OR figures.monthly_micros <= 0 THEN 'no_amount'
        WHEN report_period.margin_millionths IS NULL THEN 'no_margin'
    END AS ratio_reason,
    figures.customers < 30000000 AS small_sample,
    figures.wins_without_account,
    micros(figures.provisional_cost) AS provisional_cost
FROM figures
CROSS JOIN report_period
INNER JOIN models ON models.position = 0
INNER JOIN calendar_periods AS periods ON periods.period_key = figures.period_key
LEFT JOIN channels ON channels.channel_key = figures.channel_key
ORDER BY figures.period_key, channels.channel NULLS FIRST
