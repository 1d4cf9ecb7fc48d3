-- Sales cycles from creation describe the same wins as win_loss, those of unknown creation aside, and each dimension adds up to the row of all.
WITH cycles AS (
    SELECT
        basis, period_type, period_start, period_end, opportunity_type, measured_from,
        CASE WHEN segment <> '(all)' THEN 'segment' WHEN persona <> '(all)' THEN 'persona' WHEN deal_size <> '(all)' THEN 'deal_size' ELSE '(all)' END AS dimension,
        SUM(won) AS won, SUM(watched) AS watched, SUM(closed) AS closed
    FROM report_sales_cycle
    GROUP BY ALL
),
totals AS (
    SELECT * FROM cycles WHERE dimension = '(all)'
),
wins AS (
    SELECT basis, period_type, period_start, period_end, opportunity_type, won, CASE WHEN basis = 'cohort' THEN won + lost + open END AS watched
    FROM report_win_loss
    WHERE competitor = '(all)' AND loss_reason = '(all)' AND segment = '(all)'
)
SELECT cycles.basis, cycles.period_type, cycles.period_start, cycles.opportunity_type, cycles.measured_from, cycles.dimension
FROM cycles
LEFT JOIN totals
    ON totals.basis = cycles.basis AND totals.period_type = cycles.period_type AND totals.period_start IS NOT DISTINCT FROM cycles.period_start
    AND totals.period_end IS NOT DISTINCT FROM cycles.period_end AND totals.opportunity_type = cycles.opportunity_type AND totals.measured_from = cycles.measured_from
WHERE totals.won IS DISTINCT FROM cycles.won OR totals.watched IS DISTINCT FROM cycles.watched OR totals.closed IS DISTINCT FROM cycles.closed
UNION ALL
SELECT
    COALESCE(wins.basis, totals.basis), COALESCE(wins.period_type, totals.period_type), COALESCE(wins.period_start, totals.period_start),
    COALESCE(wins.opportunity_type, totals.opportunity_type), 'creation', 'win_loss'
FROM wins
FULL OUTER JOIN (SELECT * FROM totals WHERE measured_from = 'creation') AS totals
    ON totals.basis = wins.basis AND totals.period_type = wins.period_type AND totals.period_start IS NOT DISTINCT FROM wins.period_start
    AND totals.period_end IS NOT DISTINCT FROM wins.period_end AND totals.opportunity_type = wins.opportunity_type
WHERE CASE
    WHEN COALESCE(wins.basis, totals.basis) = 'cohort'
        THEN COALESCE(totals.won, 0) IS DISTINCT FROM COALESCE(wins.won, 0) OR COALESCE(totals.watched, 0) IS DISTINCT FROM COALESCE(wins.watched, 0)
    ELSE COALESCE(totals.won, 0) > COALESCE(wins.won, 0)
END
