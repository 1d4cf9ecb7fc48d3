-- Grain: basis, period_start, period_end, opportunity_type, model, currency, channel.
-- Cost, credited units (opportunities, won) and credited money (pipeline, open_pipeline, revenue) of each channel, and their ratios.
WITH channels_credited AS (
    SELECT
        p.basis, p.opportunity_type, p.model, p.channel_key,
        SUM(p.cost) AS cost, SUM(p.opportunities) AS opportunities, SUM(p.won) AS won,
        SUM(p.pipeline) AS pipeline, SUM(p.open_pipeline) AS open_pipeline, SUM(p.revenue) AS revenue
    FROM performance AS p
    GROUP BY p.basis, p.opportunity_type, p.model, p.channel_key
),
with_totals AS (
    SELECT
        c.basis, c.opportunity_type, c.model, c.channel_key, c.cost, c.opportunities, c.won, c.pipeline, c.open_pipeline, c.revenue,
        SUM(c.cost) OVER (PARTITION BY c.basis, c.opportunity_type, c.model) AS cost_all,
        SUM(c.opportunities) OVER (PARTITION BY c.basis, c.opportunity_type, c.model) AS opportunities_all,
        SUM(c.won) OVER (PARTITION BY c.basis, c.opportunity_type, c.model) AS won_all
    FROM channels_credited AS c
)
SELECT
    p.basis,
    g.period_start,
    g.period_end,
    p.opportunity_type,
    p.model,
    g.currency,
    h.channel,
{{measures}}
FROM with_totals AS p
CROSS JOIN report_period AS g
INNER JOIN channels AS h ON h.channel_key = p.channel_key
INNER JOIN models AS m ON m.model = p.model
INNER JOIN opportunity_types AS t ON t.opportunity_type = p.opportunity_type
ORDER BY p.basis DESC, t.position, m.position, h.channel
