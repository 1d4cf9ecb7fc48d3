-- grain: basis, period_type, period_start, period_end, opportunity_type, currency, fit, interest
-- The matrix of fit and interest: how many people became leads with each, what share of them reached
-- MQL, SQL and won in time, and what revenue touchpoints of these people are credited with. Fit and
-- interest are those that the export has today, not those of the day on which a person became a
-- lead: a score that sales raised after a win explains nothing.
-- shows: period_label, fit, interest, leads, mqls, mql_rate, sqls, sql_rate, won, won_rate,
--   revenue, mql_low, mql_high, won_low, won_high, small_sample
-- default: opportunity_type = new_business
-- bar: mql_rate
-- columns:
--   basis | text | always `cohort`
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period in which the people became leads. Empty: from the
--     first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   opportunity_type | text | people are `new_business`; other types have revenue only
--   currency | text | the reporting currency
--   fit | text | `good` or `bad`, as `quality.fit` says of `fit_grade`, else `unknown`. Of a person
--     with several leads the one created last counts. `(all)`: all of them
--   interest | text | `high` if `interest_score` is at least `quality.interest.high`, `low` if it is
--     below, `unknown` without a score. `(all)`: all of them
--   leads | units | people who became a lead in the period. The rates are based on these. Empty for
--     other types than new business
--   small_sample | true/false | `leads` is below 30: read the intervals, not the rates
--   mqls | units | of `leads`, those that reached MQL or a later stage of people within the days of
--     its `within_days`, as in `funnel`. Empty: the funnel has no such stage, or nobody ever entered
--     it
--   mql_rate | rate | `mqls` / `leads`
--   mql_low | rate | lower end of its 95 % interval (Wilson)
--   mql_high | rate | upper end
--   mql_maturity | text | `final`, or `immature`: the people of the period have not had all the time
--     yet, and the rate can still rise
--   sqls | units | the same for SQL
--   sql_rate | rate | `sqls` / `leads`
--   sql_low | rate | lower end of its 95 % interval (Wilson)
--   sql_high | rate | upper end
--   sql_maturity | text | the same for SQL
--   won | units | the same for won: an opportunity of new business in whose buying group the person
--     is was won in time, as in `funnel` also one of a test account. People of one opportunity
--     count each
--   won_rate | rate | `won` / `leads`
--   won_low | rate | lower end of its 95 % interval (Wilson)
--   won_high | rate | upper end
--   won_maturity | text | the same for won
--   model | text | the primary model, of `revenue`
--   revenue | money | revenue up to as-of that the model credits to touchpoints of these people, in
--     whatever period it was won
WITH stages AS (
    SELECT
        MAX(stages.position) FILTER (WHERE types.name = 'mql') AS mql, MAX(stages.within_days) FILTER (WHERE types.name = 'mql') AS mql_days,
        MAX(stages.position) FILTER (WHERE types.name = 'sql') AS sql, MAX(stages.within_days) FILTER (WHERE types.name = 'sql') AS sql_days,
        MAX(stages.position) FILTER (WHERE stages.entered_at = 'won') AS won, MAX(stages.within_days) FILTER (WHERE stages.entered_at = 'won') AS won_days
    FROM funnel_stages AS stages
    SEMI JOIN tracked_stages AS tracked ON tracked.position = stages.position
    -- At most one row: none of stages of opportunities.
    LEFT JOIN conversion_types AS types ON types.conversion_type = stages.conversion_type
),
cohort AS (
    SELECT
        outcomes.person_key, outcomes.reached, spans.span_key,
        COALESCE(quality.fit, 'unknown') AS fit, COALESCE(quality.interest, 'unknown') AS interest
    FROM lead_outcomes AS outcomes
    SEMI JOIN person_labels AS reported ON reported.person_key = outcomes.person_key
    -- One row: the span in which the person became a lead.
    ASOF JOIN calendar_spans AS spans ON outcomes.lead_us >= spans.from_us
    -- At most one row.
    LEFT JOIN person_quality AS quality ON quality.person_key = outcomes.person_key
),
by_span AS (
    SELECT
        'new_business' AS opportunity_type, cohort.span_key, cohort.fit, cohort.interest, COUNT(*) AS leads,
        SUM(CAST((cohort.reached >> (stages.mql - 1)) & 1 AS BIGINT)) AS mqls,
        SUM(CAST((cohort.reached >> (stages.sql - 1)) & 1 AS BIGINT)) AS sqls,
        SUM(CAST((cohort.reached >> (stages.won - 1)) & 1 AS BIGINT)) AS won,
        0 AS minor
    FROM cohort
    CROSS JOIN stages
    GROUP BY cohort.span_key, cohort.fit, cohort.interest
    UNION ALL
    SELECT revenue.opportunity_type, cohort.span_key, cohort.fit, cohort.interest, 0, 0, 0, 0, SUM(revenue.minor)
    FROM cohort
    -- One row per opportunity type.
    INNER JOIN person_revenue AS revenue ON revenue.person_key = cohort.person_key
    GROUP BY revenue.opportunity_type, cohort.span_key, cohort.fit, cohort.interest
),
counted AS (
    SELECT
        periods.period_key, by_span.opportunity_type, COALESCE(by_span.fit, '(all)') AS fit, COALESCE(by_span.interest, '(all)') AS interest,
        SUM(by_span.leads) AS leads, SUM(by_span.mqls) AS mqls, SUM(by_span.sqls) AS sqls, SUM(by_span.won) AS won, SUM(by_span.minor) AS minor
    FROM by_span
    -- One row per period in which the span lies.
    INNER JOIN span_periods AS periods ON periods.span_key = by_span.span_key
    GROUP BY periods.period_key, by_span.opportunity_type, CUBE (by_span.fit, by_span.interest)
),
-- New business has every cell of every period, other types those with revenue.
cells AS (
    SELECT periods.period_key, 'new_business' AS opportunity_type, fits.fit, interests.interest
    FROM calendar_periods AS periods
    CROSS JOIN (VALUES ('good'), ('bad'), ('unknown'), ('(all)')) AS fits(fit)
    CROSS JOIN (VALUES ('high'), ('low'), ('unknown'), ('(all)')) AS interests(interest)
    UNION
    SELECT period_key, opportunity_type, fit, interest FROM counted
),
filled AS (
    SELECT
        cells.period_key, cells.opportunity_type, cells.fit, cells.interest, periods.to_us,
        CASE WHEN cells.opportunity_type = 'new_business' THEN COALESCE(counted.leads, 0) END AS leads,
        CASE WHEN cells.opportunity_type = 'new_business' AND stages.mql IS NOT NULL THEN COALESCE(counted.mqls, 0) END AS mqls,
        CASE WHEN cells.opportunity_type = 'new_business' AND stages.sql IS NOT NULL THEN COALESCE(counted.sqls, 0) END AS sqls,
        CASE WHEN cells.opportunity_type = 'new_business' AND stages.won IS NOT NULL THEN COALESCE(counted.won, 0) END AS won,
        CASE WHEN periods.to_us <= settings.as_of_us - stages.mql_days * 86400000000 THEN 'final' ELSE 'immature' END AS mql_maturity,
        CASE WHEN periods.to_us <= settings.as_of_us - stages.sql_days * 86400000000 THEN 'final' ELSE 'immature' END AS sql_maturity,
        CASE WHEN periods.to_us <= settings.as_of_us - stages.won_days * 86400000000 THEN 'final' ELSE 'immature' END AS won_maturity,
        COALESCE(counted.minor, 0) AS minor
    FROM cells
    CROSS JOIN stages
    CROSS JOIN settings
    -- One row.
    INNER JOIN calendar_periods AS periods ON periods.period_key = cells.period_key
    -- At most one row.
    LEFT JOIN counted
        ON counted.period_key = cells.period_key AND counted.opportunity_type = cells.opportunity_type
        AND counted.fit = cells.fit AND counted.interest = cells.interest
)
SELECT
    'cohort' AS basis,
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    filled.opportunity_type,
    report_period.currency,
    filled.fit,
    filled.interest,
    CAST(filled.leads AS BIGINT) AS leads,
    filled.leads < 30 AS small_sample,
    CAST(filled.mqls AS BIGINT) AS mqls,
    ratio(CAST(filled.mqls AS HUGEINT), filled.leads) AS mql_rate,
    CASE WHEN filled.leads > 0 AND filled.mqls IS NOT NULL THEN wilson_low(filled.mqls, filled.leads) END AS mql_low,
    CASE WHEN filled.leads > 0 AND filled.mqls IS NOT NULL THEN wilson_high(filled.mqls, filled.leads) END AS mql_high,
    CASE WHEN filled.mqls IS NOT NULL THEN filled.mql_maturity END AS mql_maturity,
    CAST(filled.sqls AS BIGINT) AS sqls,
    ratio(CAST(filled.sqls AS HUGEINT), filled.leads) AS sql_rate,
    CASE WHEN filled.leads > 0 AND filled.sqls IS NOT NULL THEN wilson_low(filled.sqls, filled.leads) END AS sql_low,
    CASE WHEN filled.leads > 0 AND filled.sqls IS NOT NULL THEN wilson_high(filled.sqls, filled.leads) END AS sql_high,
    CASE WHEN filled.sqls IS NOT NULL THEN filled.sql_maturity END AS sql_maturity,
    CAST(filled.won AS BIGINT) AS won,
    ratio(CAST(filled.won AS HUGEINT), filled.leads) AS won_rate,
    CASE WHEN filled.leads > 0 AND filled.won IS NOT NULL THEN wilson_low(filled.won, filled.leads) END AS won_low,
    CASE WHEN filled.leads > 0 AND filled.won IS NOT NULL THEN wilson_high(filled.won, filled.leads) END AS won_high,
    CASE WHEN filled.won IS NOT NULL THEN filled.won_maturity END AS won_maturity,
    models.model,
    money(filled.minor) AS revenue
FROM filled
CROSS JOIN report_period
-- One row each.
INNER JOIN calendar_periods AS periods ON periods.period_key = filled.period_key
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types AS types ON types.opportunity_type = filled.opportunity_type
ORDER BY
    filled.period_key, types.position,
    LIST_POSITION(['(all)', 'good', 'bad', 'unknown'], filled.fit), LIST_POSITION(['(all)', 'high', 'low', 'unknown'], filled.interest)
