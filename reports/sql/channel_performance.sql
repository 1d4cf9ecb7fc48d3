-- Grain: basis, period_start, period_end, opportunity_type, model, currency, channel.
-- Cost, credited units (leads, MQLs, SQLs, opportunities, won) and credited money (pipeline, open_pipeline, revenue) of each
-- channel, and their ratios; those that end in _all are of the company as a whole.
WITH added_up AS (
    SELECT
        p.basis, p.opportunity_type, p.model, p.channel_key,
        {{per_measure "SUM(p.NAME) AS NAME"}}
    FROM performance AS p
    GROUP BY p.basis, p.opportunity_type, p.model, p.channel_key
),
with_totals AS (
    SELECT
        c.basis, c.opportunity_type, c.model, c.channel_key,
        {{per_measure "c.NAME, SUM(c.NAME) OVER (PARTITION BY c.basis, c.opportunity_type, c.model) AS ALL_NAME"}}
    FROM added_up AS c
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
