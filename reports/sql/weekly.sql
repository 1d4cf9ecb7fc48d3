-- grain: department, line
-- The page for the weekly meeting of marketing and sales: the last complete week against the one
-- before, the mean of the four weeks before it, and the target, with the command that shows the
-- rows behind each figure. Everything is of new business; credit is that of the primary model.
-- shows: department, figure, detail, this_week, week_before, mean_of_four, target, is_provisional
-- columns:
--   department | text | whose figure it is: `marketing`, `sales` or `both`
--   line | number | the place on the page
--   figure | text | what is counted
--   detail | text | of whom: a campaign, a reason with the campaign that most of it comes from, or a
--     competitor. Empty: of everybody
--   unit | text | `units`, `money`, `rate` or `days`
--   week_start | day | first day of the last complete week or, of plans, of the coming week
--   this_week | number | the figure of that week
--   week_before | number | the figure of the week before. Empty: there is none, or it is a plan
--   mean_of_four | number | the mean of the four weeks before; of rates and of cost per lead, from
--     the sums of the four. Empty: there are fewer
--   target | number | the target of the period in which the week ends, per week: `target` x 7 / its
--     days. Of plans, the capacity
--   command | text | the command that shows the rows
--   is_provisional | true/false | the figure of this week contains cost that is not final: ad cost of
--     the newest days up to as-of (`costs.provisional_days`). Wait before you call it better or worse
WITH weeks AS (
    SELECT
        period_key, period_start, period_end, period_label, to_us,
        ROW_NUMBER() OVER (ORDER BY from_us DESC) - 1 AS ago
    FROM calendar_periods
    WHERE period_type = 'week' AND is_complete
    QUALIFY ago <= 4
),
-- Credit by week is kept where reporting.weeks says so; the rest is counted here.
credited AS (
    SELECT performance.period_start, SUM(CASE WHEN performance.channel <> '(unattributed)' THEN performance.pipeline END) AS pipeline
    FROM report_period_performance AS performance
    INNER JOIN models ON models.model = performance.model AND models.position = 0
    WHERE performance.basis = 'period' AND performance.period_type = 'week' AND performance.opportunity_type = 'new_business'
    GROUP BY performance.period_start
),
known AS (
    SELECT
        EXISTS (SELECT 1 FROM credited) AS is_kept,
        EXISTS (SELECT 1 FROM cost_days) AS has_costs
),
converted AS (
    SELECT
        span_periods.period_key,
        COUNT(*) FILTER (WHERE types.name = 'lead') AS leads,
        COUNT(*) FILTER (WHERE types.name = 'pipeline' AND conversions.reverses_opportunity_id IS NULL) AS opportunities,
        COUNT(*) FILTER (WHERE types.name = 'revenue' AND conversions.reverses_opportunity_id IS NULL) AS won,
        SUM(conversions.value_minor) FILTER (WHERE types.name = 'revenue') AS revenue_minor
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
    ASOF JOIN calendar_spans AS spans ON conversions.anchor_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    WHERE conversions.is_counted AND conversions.opportunity_type = 'new_business'
    GROUP BY span_periods.period_key
),
spent AS (
    SELECT weeks.period_key, SUM(costs.micros) AS cost_micros
    FROM cost_days AS costs
    INNER JOIN weeks ON costs.day BETWEEN weeks.period_start AND weeks.period_end
    GROUP BY weeks.period_key
),
handed AS (
    SELECT *
    FROM report_handoff
    WHERE period_type = 'week' AND owner = '(all)' AND channel = '(all)'
),
closed AS (
    SELECT period_start, won, lost
    FROM report_win_loss
    WHERE basis = 'period' AND period_type = 'week' AND opportunity_type = 'new_business'
        AND competitor = '(all)' AND loss_reason = '(all)' AND segment = '(all)'
),
-- One row per figure and week: a ratio has its denominator, a sum has 1.
measured AS (
    SELECT weeks.ago, figures.figure.line AS line, figures.figure.n AS n, figures.figure.d AS d
    FROM weeks
    CROSS JOIN known
    LEFT JOIN credited ON credited.period_start = weeks.period_start
    LEFT JOIN converted ON converted.period_key = weeks.period_key
    LEFT JOIN spent ON spent.period_key = weeks.period_key
    LEFT JOIN handed ON handed.period_start = weeks.period_start
    LEFT JOIN closed ON closed.period_start = weeks.period_start
    CROSS JOIN UNNEST([
        {'line': 1, 'n': CAST(COALESCE(converted.leads, 0) AS DECIMAL(38, 6)), 'd': CAST(NULL AS DECIMAL(38, 6))},
        {'line': 2, 'n': COALESCE(handed.deliveries, 0), 'd': NULL},
        {'line': 3, 'n': CASE WHEN known.has_costs THEN CAST(COALESCE(micros(spent.cost_micros), 0) AS DECIMAL(38, 6)) END, 'd': NULL},
        {'line': 4, 'n': CASE WHEN known.has_costs THEN CAST(COALESCE(micros(spent.cost_micros), 0) AS DECIMAL(38, 6)) END, 'd': COALESCE(converted.leads, 0)},
        {'line': 5, 'n': CASE WHEN known.is_kept THEN CAST(COALESCE(credited.pipeline, 0) AS DECIMAL(38, 6)) END, 'd': NULL},
        {'line': 11, 'n': COALESCE(handed.accepted, 0), 'd': NULL},
        {'line': 12, 'n': COALESCE(handed.rejected, 0), 'd': NULL},
        {'line': 13, 'n': COALESCE(handed.recycled, 0), 'd': NULL},
        {'line': 14, 'n': COALESCE(handed.expired, 0), 'd': NULL},
        {'line': 16, 'n': COALESCE(handed.within_service_level, 0), 'd': COALESCE(handed.due, 0)},
        {'line': 17, 'n': COALESCE(converted.opportunities, 0), 'd': NULL},
        {'line': 18, 'n': COALESCE(converted.won, 0), 'd': NULL},
        {'line': 19, 'n': CAST(COALESCE(money(converted.revenue_minor), 0) AS DECIMAL(38, 6)), 'd': NULL},
        {'line': 20, 'n': COALESCE(closed.won, 0), 'd': COALESCE(closed.won + closed.lost, 0)}
    ]) AS figures(figure)
),
names AS (
    SELECT * FROM (VALUES
        (1, 'marketing', 'leads', 'units', 'leads', 'tributary report period_performance --by week --measure leads --where basis=period --where opportunity_type=new_business'),
        (2, 'marketing', 'delivered to sales', 'units', NULL, 'tributary report handoff --by week --where ''owner=(all)'''),
        (3, 'marketing', 'cost', 'money', 'cost', 'tributary report period_performance --by week --measure cost --where basis=period --where opportunity_type=new_business'),
        (4, 'marketing', 'cost per lead', 'money', NULL, 'tributary report period_performance --by week --measure cost_per_lead_all --where basis=period --where opportunity_type=new_business'),
        (5, 'marketing', 'credited pipeline', 'money', NULL, 'tributary report period_performance --by week --measure pipeline --where basis=period --where opportunity_type=new_business'),
        (11, 'sales', 'accepted', 'units', NULL, 'tributary report handoff --by week --where ''channel=(all)'''),
        (12, 'sales', 'rejected', 'units', NULL, 'tributary report handoff_reasons --by week --where outcome=rejected'),
        (13, 'sales', 'recycled', 'units', NULL, 'tributary report handoff_reasons --by week --where outcome=recycled'),
        (14, 'sales', 'expired', 'units', NULL, 'tributary report handoff --by week --where ''channel=(all)'''),
        (16, 'sales', 'within the service level', 'rate', NULL, 'tributary report rep_follow_up --by week --where measure=within_service_level'),
        (17, 'sales', 'opportunities created', 'units', 'opportunities', 'tributary report period_performance --by week --measure opportunities --where basis=period --where opportunity_type=new_business'),
        (18, 'sales', 'opportunities won', 'units', 'won', 'tributary report win_loss --by week --where basis=period --where opportunity_type=new_business'),
        (19, 'sales', 'revenue', 'money', 'revenue', 'tributary report period_performance --by week --measure revenue --where basis=period --where opportunity_type=new_business'),
        (20, 'sales', 'win rate', 'rate', NULL, 'tributary report win_loss --by week --where basis=period --where opportunity_type=new_business')
    ) AS named(line, department, figure, unit, metric, command)
),
compared AS (
    SELECT
        line,
        MAX(CASE WHEN ago = 0 THEN CASE WHEN d IS NULL THEN n ELSE ratio(CAST(n * 1000000 AS HUGEINT), CAST(d * 1000000 AS HUGEINT)) END END) AS this_week,
        MAX(CASE WHEN ago = 1 THEN CASE WHEN d IS NULL THEN n ELSE ratio(CAST(n * 1000000 AS HUGEINT), CAST(d * 1000000 AS HUGEINT)) END END) AS week_before,
        CASE WHEN COUNT(*) FILTER (WHERE ago BETWEEN 1 AND 4) = 4 THEN
            ratio(
                CAST(SUM(n) FILTER (WHERE ago BETWEEN 1 AND 4) * 1000000 AS HUGEINT),
                CAST(COALESCE(SUM(d) FILTER (WHERE ago BETWEEN 1 AND 4), 4) * 1000000 AS HUGEINT)
            )
        END AS mean_of_four
    FROM measured
    GROUP BY line
),
last_week AS (
    SELECT period_start, period_end
    FROM weeks
    WHERE ago = 0
),
provisional AS (
    SELECT COALESCE(BOOL_OR(costs.is_provisional), FALSE) AS has_cost
    FROM cost_days AS costs
    INNER JOIN last_week ON costs.day BETWEEN last_week.period_start AND last_week.period_end
),
-- Of several periods in which the week ends, the shortest one.
weekly_targets AS (
    SELECT targets.metric, ratio(CAST(targets.target * 1000000 AS HUGEINT) * 7, CAST(targets.days AS HUGEINT) * 1000000) AS target
    FROM report_targets AS targets
    CROSS JOIN last_week
    WHERE last_week.period_end BETWEEN targets.period_start AND targets.period_end
    QUALIFY ROW_NUMBER() OVER (PARTITION BY targets.metric ORDER BY targets.days, targets.period_start) = 1
),
coming AS (
    SELECT *, DENSE_RANK() OVER (ORDER BY week_start) AS week_number
    FROM report_capacity_weeks
    QUALIFY week_number <= 2
),
-- Each reason comes with the campaign that brought most of its deliveries.
campaigns_of_reasons AS (
    SELECT
        reasons.reason, COALESCE(MIN(reasons.campaign_name), reasons.campaign_id) AS campaign,
        ROW_NUMBER() OVER (PARTITION BY reasons.reason ORDER BY SUM(reasons.deliveries) DESC, reasons.campaign_id) AS place
    FROM report_handoff_reasons AS reasons
    CROSS JOIN last_week
    WHERE reasons.period_type = 'week' AND reasons.period_start = last_week.period_start
        AND reasons.outcome = 'rejected' AND reasons.reason <> '(all)' AND reasons.campaign_id <> '(all)' AND reasons.owner <> '(all)'
    GROUP BY reasons.reason, reasons.campaign_id
),
reasons AS (
    SELECT
        reasons.reason || CASE WHEN campaigns.campaign IS NOT NULL THEN ' (most from ' || campaigns.campaign || ')' ELSE '' END AS reason,
        reasons.deliveries, last_week.period_start, ROW_NUMBER() OVER (ORDER BY reasons.deliveries DESC, reasons.reason) AS place
    FROM report_handoff_reasons AS reasons
    CROSS JOIN last_week
    LEFT JOIN campaigns_of_reasons AS campaigns ON campaigns.reason = reasons.reason AND campaigns.place = 1
    WHERE reasons.period_type = 'week' AND reasons.period_start = last_week.period_start
        AND reasons.outcome = 'rejected' AND reasons.reason <> '(all)' AND reasons.campaign_id = '(all)' AND reasons.owner = '(all)'
    QUALIFY place <= 3
),
competitors AS (
    SELECT rivals.competitor, rivals.lost, last_week.period_start, ROW_NUMBER() OVER (ORDER BY rivals.lost DESC, rivals.competitor) AS place
    FROM report_win_loss AS rivals
    CROSS JOIN last_week
    WHERE rivals.basis = 'period' AND rivals.period_type = 'week' AND rivals.period_start = last_week.period_start AND rivals.opportunity_type = 'new_business'
        AND rivals.competitor NOT IN ('(all)', '(none)') AND rivals.loss_reason = '(all)' AND rivals.segment = '(all)' AND rivals.lost > 0
    QUALIFY place <= 3
)
SELECT
    names.department, CAST(names.line AS INTEGER) AS line, names.figure, CAST(NULL AS VARCHAR) AS detail, names.unit, last_week.period_start AS week_start,
    CAST(compared.this_week AS DECIMAL(38, 6)) AS this_week,
    CAST(compared.week_before AS DECIMAL(38, 6)) AS week_before,
    CAST(compared.mean_of_four AS DECIMAL(38, 6)) AS mean_of_four,
    CAST(weekly_targets.target AS DECIMAL(38, 6)) AS target,
    names.command, provisional.has_cost AND names.line IN (3, 4) AS is_provisional
FROM names
CROSS JOIN last_week
CROSS JOIN provisional
INNER JOIN compared ON compared.line = names.line
LEFT JOIN weekly_targets ON weekly_targets.metric = names.metric
UNION ALL
SELECT
    'sales', 15, 'waiting for an answer, at as-of', NULL, 'units', last_week.period_start,
    CAST(handoff.open AS DECIMAL(38, 6)), NULL, NULL, NULL, 'tributary report handoff_reasons --where outcome=open', FALSE
FROM report_handoff AS handoff
CROSS JOIN last_week
WHERE handoff.period_type = 'all' AND handoff.owner = '(all)' AND handoff.channel = '(all)'
UNION ALL
SELECT
    'marketing', CAST(50 + ROW_NUMBER() OVER (ORDER BY week_start, campaign_id <> '(all)', leads DESC, campaign_id) AS INTEGER),
    'leads expected from campaigns', CASE WHEN campaign_id <> '(all)' THEN COALESCE(campaign_name, campaign_id) END, 'units', week_start,
    CAST(leads AS DECIMAL(38, 6)), NULL, NULL, NULL, 'tributary report capacity_weeks', FALSE
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY week_start ORDER BY campaign_id <> '(all)', leads DESC, campaign_id) AS place
    FROM coming
    WHERE campaign_id <> '(existing leads)' AND (leads > 0 OR campaign_id = '(all)')
) AS placed
WHERE place <= 4
UNION ALL
SELECT
    'sales', CAST(200 + week_number AS INTEGER), 'deliveries expected', NULL, 'units', week_start,
    CAST(deliveries AS DECIMAL(38, 6)), NULL, NULL, CAST(capacity AS DECIMAL(38, 6)), 'tributary report capacity_weeks', FALSE
FROM coming
WHERE campaign_id = '(all)'
UNION ALL
SELECT
    'both', CAST(300 + place AS INTEGER), 'rejected for', reason, 'units', period_start,
    CAST(deliveries AS DECIMAL(38, 6)), NULL, NULL, NULL, 'tributary report handoff_reasons --by week --where outcome=rejected --where ''owner=(all)''', FALSE
FROM reasons
UNION ALL
SELECT
    'both', CAST(310 + place AS INTEGER), 'lost to', competitor, 'units', period_start,
    CAST(lost AS DECIMAL(38, 6)), NULL, NULL, NULL, 'tributary report win_loss --by week --where basis=period --where opportunity_type=new_business', FALSE
FROM competitors
UNION ALL
SELECT
    'both', CAST(320 + week_number AS INTEGER), 'more deliveries than capacity', NULL, 'units', week_start,
    CAST(overflow AS DECIMAL(38, 6)), NULL, NULL, NULL, 'tributary report capacity_weeks', FALSE
FROM coming
WHERE campaign_id = '(all)' AND overflow > 0
ORDER BY department, line
