-- Grain: basis, period_start, period_end, opportunity_type, model, currency, campaign_id, channel.
-- The same measures as channel_performance by campaign, and how far the models disagree: spread is the greatest less the least revenue
-- of the campaign over the models, best_rank and worst_rank its places by revenue among the campaigns.
WITH {{added_up "campaign_key, channel_key" ""}},
campaign_revenue AS (
    SELECT basis, opportunity_type, model, campaign_key, SUM(revenue) AS revenue
    FROM performance
    WHERE campaign_key > 0
    GROUP BY basis, opportunity_type, model, campaign_key
),
ranked AS (
    SELECT
        basis, opportunity_type, campaign_key, revenue,
        RANK() OVER (PARTITION BY basis, opportunity_type, model ORDER BY revenue DESC) AS place
    FROM campaign_revenue
),
agreement AS (
    SELECT
        basis, opportunity_type, campaign_key,
        MAX(revenue) - MIN(revenue) AS spread, MIN(place) AS best_rank, MAX(place) AS worst_rank
    FROM ranked
    GROUP BY basis, opportunity_type, campaign_key
)
SELECT
    p.basis,
    g.period_start,
    g.period_end,
    p.opportunity_type,
    p.model,
    g.currency,
    c.campaign_id,
    c.campaign_name,
    h.channel,
{{measures}},
    {{money "a.spread"}} AS spread,
    a.best_rank,
    a.worst_rank
FROM with_totals AS p
CROSS JOIN report_period AS g
INNER JOIN channels AS h ON h.channel_key = p.channel_key
INNER JOIN campaign_keys AS c ON c.campaign_key = p.campaign_key
INNER JOIN models AS m ON m.model = p.model
INNER JOIN opportunity_types AS t ON t.opportunity_type = p.opportunity_type
LEFT JOIN agreement AS a
    ON a.basis = p.basis AND a.opportunity_type = p.opportunity_type AND a.campaign_key = p.campaign_key
ORDER BY p.basis DESC, t.position, m.position, c.campaign_id, h.channel
