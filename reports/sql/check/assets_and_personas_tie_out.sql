-- Under the primary model, credit by asset, by persona, by either and stage, and by both adds up to
-- the totals of the period in the reconciliation; the opportunities that marketing influenced by any
-- touchpoint are those of sourced_influenced.
WITH shown AS (
    SELECT
        'asset ' || CASE WHEN asset = '(all)' THEN '' WHEN stage <> '(all)' THEN 'stage' WHEN persona <> '(all)' THEN 'persona' ELSE 'alone' END AS kind,
        asset = '(unattributed)' AS is_unattributed, asset = '(all)' AS is_all,
        opportunity_type, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue,
        influenced_opportunities, influenced_won, influenced_pipeline, influenced_revenue
    FROM report_asset_performance
    UNION ALL
    SELECT
        'persona ' || CASE WHEN persona = '(all)' AND stage = '(all)' THEN '' WHEN persona = '(all)' THEN 'alone at a stage' WHEN stage <> '(all)' THEN 'stage' ELSE 'alone' END,
        persona = '(unattributed)', persona = '(all)' AND stage = '(all)',
        opportunity_type, leads, mqls, sqls, opportunities, won, pipeline, open_pipeline, revenue,
        influenced_opportunities, influenced_won, influenced_pipeline, influenced_revenue
    FROM report_persona_performance
),
-- Unattributed credit belongs to every way to divide the rest.
divided AS (
    SELECT kind, opportunity_type, leads, mqls, sqls, opportunities, won, pipeline, revenue FROM shown
    UNION ALL
    SELECT kinds.kind, shown.opportunity_type, shown.leads, shown.mqls, shown.sqls, shown.opportunities, shown.won, shown.pipeline, shown.revenue
    FROM shown
    INNER JOIN (VALUES
        ('asset alone', 'asset stage'), ('asset alone', 'asset persona'), ('persona alone', 'persona stage'), ('persona alone', 'persona alone at a stage')
    ) AS kinds(of_kind, kind) ON kinds.of_kind = shown.kind
    WHERE shown.is_unattributed
),
credited AS (
    SELECT
        kind, opportunity_type, COALESCE(SUM(leads), 0) AS leads, COALESCE(SUM(mqls), 0) AS mqls, COALESCE(SUM(sqls), 0) AS sqls,
        SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline, SUM(revenue) AS revenue
    FROM divided
    GROUP BY kind, opportunity_type
),
reconciled AS (
    SELECT
        totals.opportunity_type,
        COALESCE(SUM(totals.period_total_count) FILTER (WHERE totals.conversion_type = 'lead'), 0) AS leads,
        COALESCE(SUM(totals.period_total_count) FILTER (WHERE totals.conversion_type = 'mql'), 0) AS mqls,
        COALESCE(SUM(totals.period_total_count) FILTER (WHERE totals.conversion_type = 'sql'), 0) AS sqls,
        COALESCE(SUM(totals.period_total_count) FILTER (WHERE totals.conversion_type = 'pipeline'), 0) AS opportunities,
        COALESCE(SUM(totals.period_total_count) FILTER (WHERE totals.conversion_type = 'revenue'), 0) AS won,
        COALESCE(SUM(totals.period_total) FILTER (WHERE totals.conversion_type = 'pipeline'), 0) AS pipeline,
        COALESCE(SUM(totals.period_total) FILTER (WHERE totals.conversion_type = 'revenue'), 0) AS revenue
    FROM report_reconciliation AS totals
    INNER JOIN models ON models.model = totals.model AND models.position = 0
    GROUP BY totals.opportunity_type
),
kinds AS (
    SELECT DISTINCT kind FROM shown
),
influenced AS (
    SELECT opportunity_type, opportunities, won, pipeline, revenue
    FROM report_sourced_influenced
    WHERE figure = 'influenced' AND channel = '(all)' AND source_group = 'marketing'
)
SELECT
    kinds.kind, reconciled.opportunity_type, credited.leads, reconciled.leads AS expected_leads, credited.pipeline,
    reconciled.pipeline AS expected_pipeline, credited.revenue, reconciled.revenue AS expected_revenue
FROM kinds
CROSS JOIN reconciled
LEFT JOIN credited ON credited.kind = kinds.kind AND credited.opportunity_type = reconciled.opportunity_type
WHERE COALESCE(credited.leads, 0) IS DISTINCT FROM reconciled.leads OR COALESCE(credited.mqls, 0) IS DISTINCT FROM reconciled.mqls
    OR COALESCE(credited.sqls, 0) IS DISTINCT FROM reconciled.sqls
    OR COALESCE(credited.opportunities, 0) IS DISTINCT FROM reconciled.opportunities
    OR COALESCE(credited.won, 0) IS DISTINCT FROM reconciled.won
    OR COALESCE(credited.pipeline, 0) IS DISTINCT FROM reconciled.pipeline
    OR COALESCE(credited.revenue, 0) IS DISTINCT FROM reconciled.revenue
UNION ALL
SELECT
    shown.kind || 'influenced', shown.opportunity_type, shown.influenced_opportunities, influenced.opportunities, shown.influenced_pipeline,
    influenced.pipeline, shown.influenced_revenue, influenced.revenue
FROM shown
LEFT JOIN influenced ON influenced.opportunity_type = shown.opportunity_type
WHERE shown.is_all
    AND (shown.influenced_opportunities IS DISTINCT FROM COALESCE(influenced.opportunities, 0)
        OR shown.influenced_won IS DISTINCT FROM COALESCE(influenced.won, 0)
        OR shown.influenced_pipeline IS DISTINCT FROM COALESCE(influenced.pipeline, 0)
        OR shown.influenced_revenue IS DISTINCT FROM COALESCE(influenced.revenue, 0))
