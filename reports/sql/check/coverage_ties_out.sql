-- The coverage shows the totals of the reconciliation, of the whole and of the period, and its
-- attributed and unattributed conversions add up to them.
SELECT
    conversion_type, opportunity_type, reconciled.total, reconciled.total_count, covered.amount, covered.conversions
FROM (
    SELECT conversion_type, opportunity_type, MIN(total) AS total, MIN(total_count) AS total_count,
        MIN(period_total) AS period_total, MIN(period_total_count) AS period_total_count
    FROM report_reconciliation
    GROUP BY conversion_type, opportunity_type
    HAVING MIN(total_count) + MIN(reversal_count) > 0
) AS reconciled
FULL OUTER JOIN (
    SELECT conversion_type, opportunity_type, dimension, SUM(amount) AS amount, SUM(conversions) AS conversions,
        SUM(period_amount) AS period_amount, SUM(period_conversions) AS period_conversions
    FROM report_coverage
    WHERE dimension <> 'match_method'
    GROUP BY conversion_type, opportunity_type, dimension
) AS covered USING (conversion_type, opportunity_type)
WHERE reconciled.total IS DISTINCT FROM covered.amount OR reconciled.total_count IS DISTINCT FROM covered.conversions
    OR reconciled.period_total IS DISTINCT FROM covered.period_amount
    OR reconciled.period_total_count IS DISTINCT FROM covered.period_conversions
