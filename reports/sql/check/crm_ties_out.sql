-- Of each figure of the CRM, credit adds up to the totals of the period in the reconciliation, and what the CRM gives to what it says of the same opportunities; by campaign and by reason, both reports add up to the same.
WITH totals AS (
    SELECT crm_figure, conversion_type, opportunity_type, crm_amount, amount, difference
    FROM report_crm_attribution_campaigns
    WHERE campaign_id = '(all)' AND channel = '(all)' AND reason = '(all)'
),
reconciled AS (
    SELECT figures.crm_figure, totals.conversion_type, totals.opportunity_type, totals.period_total AS amount
    FROM report_reconciliation AS totals
    INNER JOIN models ON models.model = totals.model AND models.position = 0
    CROSS JOIN (SELECT DISTINCT crm_figure FROM crm_claims) AS figures
    WHERE totals.conversion_type IN ('pipeline', 'revenue')
),
claimed AS (
    SELECT claims.crm_figure, conversion_types.name AS conversion_type, conversions.opportunity_type, SUM(claims.minor) AS minor
    FROM crm_claims AS claims
    INNER JOIN conversions ON conversions.conversion_key = claims.conversion_key
    INNER JOIN conversion_types ON conversion_types.conversion_type = conversions.conversion_type
    GROUP BY claims.crm_figure, conversion_types.name, conversions.opportunity_type
),
parts AS (
    SELECT
        'by opportunity' AS kind, crm_figure, conversion_type, opportunity_type,
        COALESCE(SUM(crm_amount), 0) AS crm_amount, COALESCE(SUM(amount), 0) AS amount, SUM(difference) AS difference
    FROM report_crm_attribution
    GROUP BY crm_figure, conversion_type, opportunity_type
    UNION ALL
    SELECT
        CASE WHEN campaign_id = '(all)' AND channel = '(all)' THEN 'by reason' WHEN reason = '(all)' THEN 'by campaign' ELSE 'by both' END,
        crm_figure, conversion_type, opportunity_type, SUM(crm_amount), SUM(amount), SUM(difference)
    FROM report_crm_attribution_campaigns
    WHERE (campaign_id, channel, reason) IS DISTINCT FROM ('(all)', '(all)', '(all)')
    GROUP BY ALL
)
SELECT
    'reconciliation' AS kind, COALESCE(totals.crm_figure, reconciled.crm_figure) AS crm_figure,
    COALESCE(totals.conversion_type, reconciled.conversion_type) AS conversion_type,
    COALESCE(totals.opportunity_type, reconciled.opportunity_type) AS opportunity_type, totals.amount, reconciled.amount AS expected
FROM totals
FULL OUTER JOIN reconciled
    ON reconciled.crm_figure = totals.crm_figure AND reconciled.conversion_type = totals.conversion_type
    AND reconciled.opportunity_type = totals.opportunity_type
WHERE COALESCE(totals.amount, 0) IS DISTINCT FROM COALESCE(reconciled.amount, 0)
UNION ALL
SELECT
    'claims', COALESCE(totals.crm_figure, claimed.crm_figure), COALESCE(totals.conversion_type, claimed.conversion_type),
    COALESCE(totals.opportunity_type, claimed.opportunity_type), totals.crm_amount, money(claimed.minor)
FROM totals
FULL OUTER JOIN claimed
    ON claimed.crm_figure = totals.crm_figure AND claimed.conversion_type = totals.conversion_type
    AND claimed.opportunity_type = totals.opportunity_type
WHERE COALESCE(totals.crm_amount, 0) IS DISTINCT FROM money(COALESCE(claimed.minor, 0))
UNION ALL
SELECT
    'difference', crm_figure, conversion_type, opportunity_type, difference, amount - crm_amount
FROM totals
WHERE difference IS DISTINCT FROM amount - crm_amount
UNION ALL
SELECT
    COALESCE(parts.kind, totals.kind), COALESCE(parts.crm_figure, totals.crm_figure), COALESCE(parts.conversion_type, totals.conversion_type),
    COALESCE(parts.opportunity_type, totals.opportunity_type), parts.difference, totals.difference
FROM parts
FULL OUTER JOIN (
    SELECT kinds.kind, totals.*
    FROM totals
    CROSS JOIN (VALUES ('by opportunity'), ('by reason'), ('by campaign'), ('by both')) AS kinds(kind)
) AS totals
    ON totals.kind = parts.kind AND totals.crm_figure = parts.crm_figure AND totals.conversion_type = parts.conversion_type AND totals.opportunity_type = parts.opportunity_type
WHERE parts.difference IS DISTINCT FROM totals.difference OR parts.amount IS DISTINCT FROM totals.amount OR parts.crm_amount IS DISTINCT FROM totals.crm_amount
UNION ALL
SELECT 'reason', crm_compared.crm_figure, conversion_types.name, crm_compared.opportunity_type, NULL, NULL
FROM crm_compared
INNER JOIN conversion_types ON conversion_types.conversion_type = crm_compared.conversion_type
WHERE crm_compared.reason IS NULL
