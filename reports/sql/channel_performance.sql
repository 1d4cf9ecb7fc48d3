-- Grain: basis, period_start, period_end, opportunity_type, model, currency, channel.
-- Cost, credited units (leads, MQLs, SQLs, opportunities, won) and credited money (pipeline, open_pipeline, revenue) of each
-- channel, and their ratios; those that end in _all are of the company as a whole.
WITH {{added_up "channel_key" ""}}
SELECT
    p.basis,
    g.period_start,
    g.period_end,
    p.opportunity_type,
    p.model,
    g.currency,
    h.channel,
{{measures ""}}
FROM added_up AS p
INNER JOIN company AS a ON a.basis = p.basis AND a.opportunity_type = p.opportunity_type AND a.model = p.model
CROSS JOIN report_period AS g
INNER JOIN channels AS h ON h.channel_key = p.channel_key
INNER JOIN models AS m ON m.model = p.model
INNER JOIN opportunity_types AS t ON t.opportunity_type = p.opportunity_type
ORDER BY p.basis DESC, t.position, m.position, h.channel
