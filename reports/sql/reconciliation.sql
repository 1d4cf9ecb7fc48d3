-- grain: conversion_type, opportunity_type, model, currency
-- Credit compared with the opportunities themselves: for every counted conversion up to as-of the
-- total, what the model credited to touchpoints, what no touchpoint earned and why, and the
-- difference, which is 0. What is not in the total is at the end: missing amounts, reversals (which
-- count no unit) and conversions after as-of. The columns period_... are about the conversions of
-- the reporting period: the figures of a quarter that finance has.
-- shows: conversion_type, opportunity_type, total, attributed, unattributed, difference,
--   only_excluded, no_touches, no_account, no_people, after_conversion_only, outside_lookback,
--   before_last_win, no_touch_in_scope, no_anchor, total_count, attributed_count,
--   unattributed_count
-- default: model = (primary)
-- columns:
--   conversion_type | text | type of conversion
--   opportunity_type | text | opportunity type
--   model | text | the attribution model
--   currency | text | the reporting currency
--   total | money | sum of the values of the conversions, taken from the opportunities themselves
--   attributed | money | credit that touchpoints earned
--   unattributed | money | credit that no touchpoint earned: the sum of the seven reasons
--   no_account | money | part of `unattributed` with this reason
--   no_people | money | part of `unattributed` with this reason
--   no_touches | money | part of `unattributed` with this reason
--   only_excluded | money | part of `unattributed` with this reason
--   after_conversion_only | money | part of `unattributed` with this reason
--   outside_lookback | money | part of `unattributed` with this reason
--   before_last_win | money | part of `unattributed` with this reason
--   no_touch_in_scope | money | part of `unattributed` with this reason
--   no_anchor | money | part of `unattributed` with this reason
--   difference | money | `total` − `attributed` − `unattributed`; always 0
--   total_count | conversions | counted conversions, without reversals
--   attributed_count | units | count credit that touchpoints earned
--   unattributed_count | units | count credit that no touchpoint earned
--   no_account_count | units | part of `unattributed_count` with this reason
--   no_people_count | units | part of `unattributed_count` with this reason
--   no_touches_count | units | part of `unattributed_count` with this reason
--   only_excluded_count | units | part of `unattributed_count` with this reason
--   after_conversion_only_count | units | part of `unattributed_count` with this reason
--   outside_lookback_count | units | part of `unattributed_count` with this reason
--   before_last_win_count | units | part of `unattributed_count` with this reason
--   no_touch_in_scope_count | units | part of `unattributed_count` with this reason
--   no_anchor_count | units | part of `unattributed_count` with this reason
--   difference_count | units | `total_count` − `attributed_count` − `unattributed_count`; always 0
--   amount_missing_count | conversions | counted conversions without an amount: included in
--     `total_count`, not in `total`
--   reversal_count | conversions | counted reversals: included in `total` with their sign, not in
--     `total_count`
--   after_as_of | money | value of the conversions after as-of: not in `total`
--   after_as_of_count | conversions | number of these conversions, without reversals, which count
--     no unit
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   period_total | money | as `total`, for conversions whose anchor time is in the period; the same
--     as the whole if there is no period
--   period_attributed | money | as `attributed`, for the period
--   period_unattributed | money | as `unattributed`, for the period
--   period_no_account | money | as `no_account`, for the period
--   period_no_people | money | as `no_people`, for the period
--   period_no_touches | money | as `no_touches`, for the period
--   period_only_excluded | money | as `only_excluded`, for the period
--   period_after_conversion_only | money | as `after_conversion_only`, for the period
--   period_outside_lookback | money | as `outside_lookback`, for the period
--   period_before_last_win | money | as `before_last_win`, for the period
--   period_no_touch_in_scope | money | as `no_touch_in_scope`, for the period
--   period_no_anchor | money | as `no_anchor`, for the period
--   period_difference | money | as `difference`, for the period; always 0
--   period_total_count | conversions | as `total_count`, for the period
--   period_attributed_count | units | as `attributed_count`, for the period
--   period_unattributed_count | units | as `unattributed_count`, for the period
--   period_no_account_count | units | as `no_account_count`, for the period
--   period_no_people_count | units | as `no_people_count`, for the period
--   period_no_touches_count | units | as `no_touches_count`, for the period
--   period_only_excluded_count | units | as `only_excluded_count`, for the period
--   period_after_conversion_only_count | units | as `after_conversion_only_count`, for the period
--   period_outside_lookback_count | units | as `outside_lookback_count`, for the period
--   period_before_last_win_count | units | as `before_last_win_count`, for the period
--   period_no_touch_in_scope_count | units | as `no_touch_in_scope_count`, for the period
--   period_no_anchor_count | units | as `no_anchor_count`, for the period
--   period_difference_count | units | as `difference_count`, for the period; always 0
WITH facts AS (
    SELECT
        conversion_type, opportunity_type,
        COALESCE(SUM(CASE WHEN is_counted THEN value_minor END), 0) AS total,
        COUNT(CASE WHEN is_counted AND reverses_opportunity_id IS NULL THEN 1 END) AS total_count,
        COALESCE(SUM(CASE WHEN is_counted AND anchor_in_period THEN value_minor END), 0) AS period_total,
        COUNT(CASE WHEN is_counted AND anchor_in_period AND reverses_opportunity_id IS NULL THEN 1 END) AS period_total_count,
        COUNT(CASE WHEN is_counted AND amount_missing THEN 1 END) AS amount_missing_count,
        COUNT(CASE WHEN is_counted AND reverses_opportunity_id IS NOT NULL THEN 1 END) AS reversal_count,
        COALESCE(SUM(CASE WHEN NOT is_counted THEN value_minor END), 0) AS after_as_of,
        COUNT(CASE WHEN NOT is_counted AND reverses_opportunity_id IS NULL THEN 1 END) AS after_as_of_count
    FROM conversions
    GROUP BY conversion_type, opportunity_type
),
-- The reason credited is all of them together.
credit AS (
    SELECT
        conversion_type, opportunity_type, model,
        CASE GROUPING(reason) WHEN 1 THEN 'credited' ELSE COALESCE(reason, 'attributed') END AS reason,
        CAST(SUM(minor) AS HUGEINT) AS minor, CAST(SUM(millionths) AS HUGEINT) AS millionths,
        CAST(SUM(CASE WHEN month IS NOT NULL THEN minor ELSE 0 END) AS HUGEINT) AS period_minor,
        CAST(SUM(CASE WHEN month IS NOT NULL THEN millionths ELSE 0 END) AS HUGEINT) AS period_millionths
    FROM cube
    WHERE basis = 'period'
    GROUP BY GROUPING SETS ((conversion_type, opportunity_type, model), (conversion_type, opportunity_type, model, reason))
),
-- One row per type and model without credit, too.
reasoned AS (
    SELECT
        facts.*, models.model, models.position,
        credit.reason, credit.minor, credit.millionths, credit.period_minor, credit.period_millionths
    FROM facts
    CROSS JOIN models
    -- One row per reason.
    LEFT JOIN credit
        ON credit.conversion_type = facts.conversion_type AND credit.opportunity_type = facts.opportunity_type AND credit.model = models.model
),
-- One row per type and model: four columns per reason, such as no_account_minor.
by_reason AS (
    PIVOT reasoned
    ON reason IN (
        'credited', 'attributed', 'no_account', 'no_people', 'no_touches', 'only_excluded', 'after_conversion_only', 'outside_lookback',
        'before_last_win', 'no_touch_in_scope', 'no_anchor'
    )
    USING
        COALESCE(SUM(minor), 0) AS minor, COALESCE(SUM(millionths), 0) AS millionths,
        COALESCE(SUM(period_minor), 0) AS period_minor, COALESCE(SUM(period_millionths), 0) AS period_millionths
)
SELECT
    conversion_types.name AS conversion_type,
    by_reason.opportunity_type,
    by_reason.model,
    report_period.currency,
    money(by_reason.total) AS total,
    money(by_reason.attributed_minor) AS attributed,
    money(by_reason.credited_minor - by_reason.attributed_minor) AS unattributed,
    money(by_reason.no_account_minor) AS no_account,
    money(by_reason.no_people_minor) AS no_people,
    money(by_reason.no_touches_minor) AS no_touches,
    money(by_reason.only_excluded_minor) AS only_excluded,
    money(by_reason.after_conversion_only_minor) AS after_conversion_only,
    money(by_reason.outside_lookback_minor) AS outside_lookback,
    money(by_reason.before_last_win_minor) AS before_last_win,
    money(by_reason.no_touch_in_scope_minor) AS no_touch_in_scope,
    money(by_reason.no_anchor_minor) AS no_anchor,
    money(by_reason.total - by_reason.credited_minor) AS difference,
    by_reason.total_count,
    units(by_reason.attributed_millionths) AS attributed_count,
    units(by_reason.credited_millionths - by_reason.attributed_millionths) AS unattributed_count,
    units(by_reason.no_account_millionths) AS no_account_count,
    units(by_reason.no_people_millionths) AS no_people_count,
    units(by_reason.no_touches_millionths) AS no_touches_count,
    units(by_reason.only_excluded_millionths) AS only_excluded_count,
    units(by_reason.after_conversion_only_millionths) AS after_conversion_only_count,
    units(by_reason.outside_lookback_millionths) AS outside_lookback_count,
    units(by_reason.before_last_win_millionths) AS before_last_win_count,
    units(by_reason.no_touch_in_scope_millionths) AS no_touch_in_scope_count,
    units(by_reason.no_anchor_millionths) AS no_anchor_count,
    units(by_reason.total_count * 1000000 - by_reason.credited_millionths) AS difference_count,
    by_reason.amount_missing_count,
    by_reason.reversal_count,
    money(by_reason.after_as_of) AS after_as_of,
    by_reason.after_as_of_count,
    report_period.period_start,
    report_period.period_end,
    money(by_reason.period_total) AS period_total,
    money(by_reason.attributed_period_minor) AS period_attributed,
    money(by_reason.credited_period_minor - by_reason.attributed_period_minor) AS period_unattributed,
    money(by_reason.no_account_period_minor) AS period_no_account,
    money(by_reason.no_people_period_minor) AS period_no_people,
    money(by_reason.no_touches_period_minor) AS period_no_touches,
    money(by_reason.only_excluded_period_minor) AS period_only_excluded,
    money(by_reason.after_conversion_only_period_minor) AS period_after_conversion_only,
    money(by_reason.outside_lookback_period_minor) AS period_outside_lookback,
    money(by_reason.before_last_win_period_minor) AS period_before_last_win,
    money(by_reason.no_touch_in_scope_period_minor) AS period_no_touch_in_scope,
    money(by_reason.no_anchor_period_minor) AS period_no_anchor,
    money(by_reason.period_total - by_reason.credited_period_minor) AS period_difference,
    by_reason.period_total_count,
    units(by_reason.attributed_period_millionths) AS period_attributed_count,
    units(by_reason.credited_period_millionths - by_reason.attributed_period_millionths) AS period_unattributed_count,
    units(by_reason.no_account_period_millionths) AS period_no_account_count,
    units(by_reason.no_people_period_millionths) AS period_no_people_count,
    units(by_reason.no_touches_period_millionths) AS period_no_touches_count,
    units(by_reason.only_excluded_period_millionths) AS period_only_excluded_count,
    units(by_reason.after_conversion_only_period_millionths) AS period_after_conversion_only_count,
    units(by_reason.outside_lookback_period_millionths) AS period_outside_lookback_count,
    units(by_reason.before_last_win_period_millionths) AS period_before_last_win_count,
    units(by_reason.no_touch_in_scope_period_millionths) AS period_no_touch_in_scope_count,
    units(by_reason.no_anchor_period_millionths) AS period_no_anchor_count,
    units(by_reason.period_total_count * 1000000 - by_reason.credited_period_millionths) AS period_difference_count
FROM by_reason
CROSS JOIN report_period
-- One row each.
INNER JOIN conversion_types ON conversion_types.conversion_type = by_reason.conversion_type
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = by_reason.opportunity_type
ORDER BY by_reason.conversion_type, opportunity_types.position, by_reason.position
