-- The coverage shows the totals of the reconciliation, of the whole and of the period, and its attributed and unattributed conversions add up to them.
SELECT r.conversion_type, r.opportunity_type, r.total, r.total_count, c.amount, c.conversions
FROM (
    SELECT conversion_type, opportunity_type, MIN(total) AS total, MIN(total_count) AS total_count,
        MIN(period_total) AS period_total, MIN(period_total_count) AS period_total_count
    FROM report_reconciliation
    GROUP BY conversion_type, opportunity_type
    HAVING MIN(total_count) + MIN(reversal_count) > 0
) AS r
FULL OUTER JOIN (
    SELECT conversion_type, opportunity_type, dimension, SUM(amount) AS amount, SUM(conversions) AS conversions,
        SUM(period_amount) AS period_amount, SUM(period_conversions) AS period_conversions
    FROM report_coverage
    WHERE dimension <> 'match_method'
    GROUP BY conversion_type, opportunity_type, dimension
) AS c ON c.conversion_type = r.conversion_type AND c.opportunity_type = r.opportunity_type
WHERE r.conversion_type IS NULL OR c.conversion_type IS NULL OR r.total IS DISTINCT FROM c.amount OR r.total_count IS DISTINCT FROM c.conversions
    OR r.period_total IS DISTINCT FROM c.period_amount OR r.period_total_count IS DISTINCT FROM c.period_conversions
