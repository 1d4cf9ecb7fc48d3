-- The report win_loss has each counted win and its amount once, each dimension adds up to the row of all, and win_loss_touches divides the same opportunities.
WITH wins AS (
    SELECT conversions.opportunity_type, COUNT(*) AS won, COALESCE(SUM(conversions.value_minor), 0) AS minor
    FROM conversions
    SEMI JOIN opportunity_labels AS labels ON labels.opportunity_key = conversions.opportunity_key
    WHERE conversions.conversion_type = 1 AND conversions.is_counted AND conversions.anchor_in_period AND conversions.reverses_opportunity_id IS NULL
    GROUP BY conversions.opportunity_type
),
totals AS (
    SELECT basis, period_type, period_start, period_end, opportunity_type, won, lost, open, won_value, lost_value, touches
    FROM report_win_loss
    WHERE competitor = '(all)' AND loss_reason = '(all)' AND segment = '(all)'
),
dimensions AS (
    SELECT
        basis, period_type, period_start, period_end, opportunity_type,
        CASE WHEN competitor <> '(all)' THEN 'competitor' WHEN loss_reason <> '(all)' THEN 'loss_reason' WHEN segment <> '(all)' THEN 'segment' END AS dimension,
        SUM(won) AS won, SUM(lost) AS lost, SUM(open) AS open, SUM(won_value) AS won_value, SUM(lost_value) AS lost_value, SUM(touches) AS touches
    FROM report_win_loss
    WHERE competitor <> '(all)' OR loss_reason <> '(all)' OR segment <> '(all)'
    GROUP BY ALL
)
SELECT 'wins' AS what, COALESCE(wins.opportunity_type, totals.opportunity_type) AS opportunity_type, NULL AS period_type, NULL AS period_start
FROM wins
FULL OUTER JOIN (SELECT * FROM totals WHERE basis = 'period' AND period_type = 'all') AS totals ON totals.opportunity_type = wins.opportunity_type
WHERE COALESCE(totals.won, 0) IS DISTINCT FROM COALESCE(wins.won, 0) OR COALESCE(totals.won_value, 0) IS DISTINCT FROM money(COALESCE(wins.minor, 0))
UNION ALL
SELECT dimensions.dimension, dimensions.opportunity_type, dimensions.period_type, dimensions.period_start
FROM dimensions
LEFT JOIN totals
    ON totals.basis = dimensions.basis AND totals.period_type = dimensions.period_type AND totals.period_start IS NOT DISTINCT FROM dimensions.period_start
    AND totals.period_end IS NOT DISTINCT FROM dimensions.period_end AND totals.opportunity_type = dimensions.opportunity_type
WHERE totals.won IS DISTINCT FROM dimensions.won OR totals.lost IS DISTINCT FROM dimensions.lost OR totals.open IS DISTINCT FROM dimensions.open
    OR totals.won_value IS DISTINCT FROM dimensions.won_value OR totals.lost_value IS DISTINCT FROM dimensions.lost_value
    OR totals.touches IS DISTINCT FROM dimensions.touches
UNION ALL
SELECT 'touches of ' || parts.dimension || ' ' || parts.member, parts.opportunity_type, parts.period_type, parts.period_start
FROM report_win_loss_touches AS parts
LEFT JOIN totals
    ON totals.basis = 'period' AND totals.period_type = parts.period_type AND totals.period_start IS NOT DISTINCT FROM parts.period_start
    AND totals.period_end IS NOT DISTINCT FROM parts.period_end AND totals.opportunity_type = parts.opportunity_type
WHERE totals.won IS DISTINCT FROM parts.with_won + parts.without_won OR totals.lost IS DISTINCT FROM parts.with_lost + parts.without_lost
