-- Grain: conversion_type, opportunity_type, model, currency.
-- Every counted conversion up to as-of, by money (persons have none: 0) and by count: the total from the opportunities themselves, what the model credited to touches, what it
-- could not and why, and the difference, which is 0. What is not in the total stands at the end: amounts that are missing,
-- reversals (they count no unit), and conversions after as-of. The columns period_... say the same of the conversions in the reporting
-- period: what finance has for a quarter. Without a period they equal the whole.
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
credit AS (
    SELECT
        conversion_type, opportunity_type, model, COALESCE(reason, 'attributed') AS reason,
        CAST(SUM(minor) AS HUGEINT) AS minor, CAST(SUM(millionths) AS HUGEINT) AS millionths,
        CAST(SUM(CASE WHEN month IS NOT NULL THEN minor ELSE 0 END) AS HUGEINT) AS period_minor,
        CAST(SUM(CASE WHEN month IS NOT NULL THEN millionths ELSE 0 END) AS HUGEINT) AS period_millionths
    FROM cube
    WHERE basis = 'period'
    GROUP BY conversion_type, opportunity_type, model, COALESCE(reason, 'attributed')
),
by_reason AS (
    SELECT
        f.conversion_type, f.opportunity_type, m.model, m.position,
        MIN(f.total) AS total, MIN(f.total_count) AS total_count,
        MIN(f.amount_missing_count) AS amount_missing_count, MIN(f.reversal_count) AS reversal_count,
        MIN(f.after_as_of) AS after_as_of, MIN(f.after_as_of_count) AS after_as_of_count,
        COALESCE(SUM(c.minor), 0) AS credited, COALESCE(SUM(c.millionths), 0) AS credited_millionths,
        COALESCE(SUM(CASE WHEN c.reason = 'attributed' THEN c.minor END), 0) AS attributed,
        COALESCE(SUM(CASE WHEN c.reason = 'attributed' THEN c.millionths END), 0) AS attributed_millionths,
        {{per_reason "COALESCE(SUM(CASE WHEN c.reason = 'NAME' THEN c.minor END), 0) AS NAME"}},
        {{per_reason "COALESCE(SUM(CASE WHEN c.reason = 'NAME' THEN c.millionths END), 0) AS NAME_millionths"}},
        MIN(f.period_total) AS period_total, MIN(f.period_total_count) AS period_total_count,
        COALESCE(SUM(c.period_minor), 0) AS period_credited, COALESCE(SUM(c.period_millionths), 0) AS period_credited_millionths,
        COALESCE(SUM(CASE WHEN c.reason = 'attributed' THEN c.period_minor END), 0) AS period_attributed,
        COALESCE(SUM(CASE WHEN c.reason = 'attributed' THEN c.period_millionths END), 0) AS period_attributed_millionths,
        {{per_reason "COALESCE(SUM(CASE WHEN c.reason = 'NAME' THEN c.period_minor END), 0) AS period_NAME"}},
        {{per_reason "COALESCE(SUM(CASE WHEN c.reason = 'NAME' THEN c.period_millionths END), 0) AS period_NAME_millionths"}}
    FROM facts AS f
    CROSS JOIN models AS m
    LEFT JOIN credit AS c
        ON c.conversion_type = f.conversion_type AND c.opportunity_type = f.opportunity_type AND c.model = m.model
    GROUP BY f.conversion_type, f.opportunity_type, m.model, m.position
)
SELECT
    y.name AS conversion_type,
    r.opportunity_type,
    r.model,
    g.currency,
    {{money "r.total"}} AS total,
    {{money "r.attributed"}} AS attributed,
    {{money "r.credited - r.attributed"}} AS unattributed,
    {{per_reason (print (money "r.NAME") " AS NAME")}},
    {{money "r.total - r.credited"}} AS difference,
    r.total_count,
    {{units "r.attributed_millionths"}} AS attributed_count,
    {{units "r.credited_millionths - r.attributed_millionths"}} AS unattributed_count,
    {{per_reason (print (units "r.NAME_millionths") " AS NAME_count")}},
    {{units "r.total_count * 1000000 - r.credited_millionths"}} AS difference_count,
    r.amount_missing_count,
    r.reversal_count,
    {{money "r.after_as_of"}} AS after_as_of,
    r.after_as_of_count,
    g.period_start,
    g.period_end,
    {{money "r.period_total"}} AS period_total,
    {{money "r.period_attributed"}} AS period_attributed,
    {{money "r.period_credited - r.period_attributed"}} AS period_unattributed,
    {{per_reason (print (money "r.period_NAME") " AS period_NAME")}},
    {{money "r.period_total - r.period_credited"}} AS period_difference,
    r.period_total_count,
    {{units "r.period_attributed_millionths"}} AS period_attributed_count,
    {{units "r.period_credited_millionths - r.period_attributed_millionths"}} AS period_unattributed_count,
    {{per_reason (print (units "r.period_NAME_millionths") " AS period_NAME_count")}},
    {{units "r.period_total_count * 1000000 - r.period_credited_millionths"}} AS period_difference_count
FROM by_reason AS r
CROSS JOIN report_period AS g
INNER JOIN conversion_types AS y ON y.conversion_type = r.conversion_type
INNER JOIN opportunity_types AS t ON t.opportunity_type = r.opportunity_type
ORDER BY r.conversion_type, t.position, r.position
