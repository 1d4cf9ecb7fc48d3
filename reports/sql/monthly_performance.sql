-- Grain: basis, period_start, period_end, opportunity_type, model, currency, month, channel.
-- The same measures as channel_performance by month, in the reporting zone: of the conversion on basis period, of the touch on
-- basis cohort, of the day for cost. Those that end in _all are of the company as a whole, in that month.
WITH {{added_up "month, channel_key" "month"}}
SELECT
    p.basis,
    g.period_start,
    g.period_end,
    p.opportunity_type,
    p.model,
    g.currency,
    p.month,
    h.channel,
{{measures ""}}
FROM added_up AS p
INNER JOIN company AS a ON a.basis = p.basis AND a.opportunity_type = p.opportunity_type AND a.model = p.model AND a.month = p.month
CROSS JOIN report_period AS g
INNER JOIN channels AS h ON h.channel_key = p.channel_key
INNER JOIN models AS m ON m.model = p.model
INNER JOIN opportunity_types AS t ON t.opportunity_type = p.opportunity_type
ORDER BY p.basis DESC, t.position, m.position, p.month, h.channel
