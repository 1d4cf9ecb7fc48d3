-- Credit equals the conversions themselves, of the whole and of the reporting period: every
-- difference of the reconciliation is 0.
SELECT conversion_type, opportunity_type, model, difference, difference_count, period_difference, period_difference_count
FROM report_reconciliation
WHERE difference IS DISTINCT FROM 0 OR difference_count IS DISTINCT FROM 0
    OR period_difference IS DISTINCT FROM 0 OR period_difference_count IS DISTINCT FROM 0
