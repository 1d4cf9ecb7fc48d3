-- grain: period_start, period_end, metric
-- The targets of marketing and sales against what happened in their own periods, up to as-of: how
-- much is done, how much should be done by now, and how much each remaining week needs. Everything
-- is of new business. The reporting period does not limit it. If a metric has several rows of one
-- period, its target is their sum. An unknown metric is a finding, and has no row here.
-- shows: period_start, period_end, metric, target, actual, share, pace, department,
--   expected_by_now, difference, needed_per_week, days_left, without_amount, reason
-- columns:
--   period_start | day | the first day of the target's period, in the reporting time zone
--   period_end | day | its last day
--   metric | text | `leads`, `mqls`, `cost`, `sqls`, `opportunities`, `won`, `pipeline` or `revenue`
--   department | text | whose target it is: `marketing` for leads, mqls and cost, else `sales`
--   currency | text | the reporting currency of cost, pipeline and revenue. Empty for counts
--   target | units or money | the target
--   actual | units or money | what happened in the period up to as-of. `leads`, `mqls`, `sqls`: first
--     entries of persons to the stage. `opportunities`, `won`: opportunities that were created or
--     won, without reversals. `pipeline`, `revenue`: their amounts, reversals with their sign.
--     `cost`: cost incurred. Empty: nothing is known of it (`reason`)
--   share | share | `actual` / `target`. Empty where the target is 0
--   days | days | days of the period
--   days_elapsed | days | those up to as-of, its own day included
--   days_left | days | the other ones
--   expected_by_now | units or money | `target` x `days_elapsed` / `days`: what an even pace would
--     have reached
--   difference | units or money | `actual` - `expected_by_now`
--   needed_per_week | units or money | max(0, `target` - `actual`) x 7 / `days_left`: what each
--     remaining week needs. Of cost this is what each of them may still spend. Empty when no day is
--     left
--   pace | text | `ahead`, `on_pace` or `behind` of what was expected by now; of cost `over`,
--     `on_pace` or `under`, or `provisional` where it would be another of these words without the
--     cost that is not final (`costs.provisional_days`). `not_begun`: the period begins after as-of
--   without_amount | units | of pipeline and revenue: opportunities whose amount is missing. They are
--     not in `actual`
--   reason | text | why `actual` is empty: `no_stage` (the funnel has no stage of that name) or
--     `no_entries` (nobody ever entered it)
WITH metrics AS (
    SELECT *
    FROM (VALUES
        (1, 'leads', 'marketing', 'lead', FALSE), (2, 'mqls', 'marketing', 'mql', FALSE), (3, 'cost', 'marketing', NULL, TRUE),
        (4, 'sqls', 'sales', 'sql', FALSE), (5, 'opportunities', 'sales', 'pipeline', FALSE), (6, 'won', 'sales', 'revenue', FALSE),
        (7, 'pipeline', 'sales', 'pipeline', TRUE), (8, 'revenue', 'sales', 'revenue', TRUE)
    ) AS v(place, metric, department, conversion_type, is_money)
),
given AS (
    SELECT targets.period_start, targets.period_end, metrics.metric, SUM(targets.amount_micros) AS target_micros
    FROM targets
    INNER JOIN metrics ON metrics.metric = LOWER(REGEXP_REPLACE(targets.metric, '[\s_-]', '', 'g'))
    WHERE targets.period_start <= targets.period_end
    GROUP BY ALL
),
types AS (
    SELECT
        metrics.place, metrics.metric, types.conversion_type,
        CASE
            WHEN metrics.conversion_type IS NULL THEN NULL
            WHEN types.conversion_type IS NULL THEN 'no_stage'
            WHEN types.conversion_type > 1 AND NOT EXISTS (
                SELECT 1 FROM conversions WHERE conversions.conversion_type = types.conversion_type AND conversions.is_counted
            ) THEN 'no_entries'
        END AS reason
    FROM metrics
    LEFT JOIN conversion_types AS types ON types.name = metrics.conversion_type
),
facts AS (
    SELECT
        conversions.conversion_type, conversions.anchor_day AS day,
        COUNT(*) FILTER (WHERE conversions.reverses_opportunity_id IS NULL) AS units,
        COUNT(*) FILTER (WHERE conversions.reverses_opportunity_id IS NULL AND conversions.value_minor IS NULL) AS without_amount,
        COALESCE(SUM(conversions.value_minor), 0) AS minor
    FROM conversions
    LEFT JOIN person_labels AS persons ON persons.person_key = conversions.person_key
    LEFT JOIN opportunity_facts AS opportunities ON opportunities.opportunity_key = conversions.opportunity_key
    ANTI JOIN test_accounts AS tests ON tests.account_id = opportunities.account_id
    WHERE conversions.is_counted AND conversions.opportunity_type = 'new_business'
        AND COALESCE(persons.person_key, opportunities.opportunity_key) IS NOT NULL
    GROUP BY conversions.conversion_type, conversions.anchor_day
),
costs AS (
    SELECT day, SUM(micros) AS micros, COALESCE(SUM(micros) FILTER (WHERE is_provisional), 0) AS provisional_micros FROM cost_days GROUP BY day
),
happened AS (
    SELECT
        given.period_start, given.period_end, given.metric,
        COALESCE(SUM(facts.units), 0) AS units, COALESCE(SUM(facts.without_amount), 0) AS without_amount, COALESCE(SUM(facts.minor), 0) AS minor
    FROM given
    INNER JOIN types ON types.metric = given.metric
    LEFT JOIN facts ON facts.conversion_type = types.conversion_type AND facts.day BETWEEN given.period_start AND given.period_end
    GROUP BY given.period_start, given.period_end, given.metric
),
spent AS (
    SELECT given.period_start, given.period_end, given.metric, SUM(costs.micros) AS micros, SUM(costs.provisional_micros) AS provisional_micros
    FROM given
    INNER JOIN costs ON costs.day BETWEEN given.period_start AND given.period_end
    WHERE given.metric = 'cost'
    GROUP BY given.period_start, given.period_end, given.metric
),
placed AS (
    SELECT
        given.period_start, given.period_end, given.metric, metrics.place, metrics.department, metrics.is_money, types.reason, given.target_micros,
        CASE
            WHEN types.reason IS NOT NULL THEN NULL
            WHEN given.metric = 'cost' THEN COALESCE(spent.micros, 0)
            WHEN metrics.is_money THEN happened.minor * (1000000 // report_period.minor_per_unit)
            ELSE happened.units * 1000000
        END AS actual_micros,
        COALESCE(spent.provisional_micros, 0) AS provisional_micros,
        CASE WHEN metrics.is_money AND given.metric <> 'cost' THEN happened.without_amount END AS without_amount,
        CAST(given.period_end - given.period_start AS BIGINT) + 1 AS days,
        GREATEST(LEAST(CAST(settings.as_of_day - given.period_start AS BIGINT), CAST(given.period_end - given.period_start AS BIGINT)) + 1, 0) AS days_elapsed,
        report_period.currency
    FROM given
    CROSS JOIN settings
    CROSS JOIN report_period
    INNER JOIN metrics ON metrics.metric = given.metric
    INNER JOIN types ON types.metric = given.metric
    INNER JOIN happened ON happened.period_start = given.period_start AND happened.period_end = given.period_end AND happened.metric = given.metric
    LEFT JOIN spent ON spent.period_start = given.period_start AND spent.period_end = given.period_end AND spent.metric = given.metric
),
paced AS (
    SELECT *, divided(CAST(target_micros AS HUGEINT) * days_elapsed, days) AS expected_micros FROM placed
)
SELECT
    paced.period_start,
    paced.period_end,
    paced.metric,
    paced.department,
    CASE WHEN paced.is_money THEN paced.currency END AS currency,
    micros(paced.target_micros) AS target,
    micros(paced.actual_micros) AS actual,
    ratio(CAST(paced.actual_micros AS HUGEINT), CAST(paced.target_micros AS HUGEINT)) AS share,
    paced.days,
    paced.days_elapsed,
    paced.days - paced.days_elapsed AS days_left,
    micros(paced.expected_micros) AS expected_by_now,
    micros(paced.actual_micros - paced.expected_micros) AS difference,
    CASE
        WHEN paced.actual_micros IS NOT NULL
            THEN micros(divided(GREATEST(paced.target_micros - paced.actual_micros, 0) * 7, NULLIF(paced.days - paced.days_elapsed, 0)))
    END AS needed_per_week,
    CASE
        WHEN paced.days_elapsed = 0 THEN 'not_begun'
        WHEN paced.actual_micros IS NULL THEN NULL
        WHEN SIGN(paced.actual_micros - paced.expected_micros) <> SIGN(paced.actual_micros - paced.provisional_micros - paced.expected_micros)
            THEN 'provisional'
        WHEN paced.actual_micros = paced.expected_micros THEN 'on_pace'
        WHEN paced.metric = 'cost' THEN CASE WHEN paced.actual_micros > paced.expected_micros THEN 'over' ELSE 'under' END
        WHEN paced.actual_micros > paced.expected_micros THEN 'ahead'
        ELSE 'behind'
    END AS pace,
    CAST(paced.without_amount AS BIGINT) AS without_amount,
    paced.reason
FROM paced
ORDER BY paced.period_start, paced.period_end, paced.place
