-- Grain: basis, period_start, period_end, opportunity_type, model, currency, campaign_id, channel.
-- The same measures as channel_performance by campaign. A campaign has one row with channel (all), in which its cost meets all credit
-- of its touches, whatever channel they name, and below it one row per channel: sum either kind, never both. Ratios, spread and ranks stand
-- in the row (all) alone. spread is the greatest less the least revenue of the campaign over the models, best_rank and worst_rank its
-- places by revenue among the campaigns.
WITH {{added_up "campaign_key, channel_key" ""}},
placed AS (
    SELECT
        basis, opportunity_type, model, campaign_key, channel_key,
        {{per_measure "NAME"}}
    FROM added_up
    UNION ALL
    SELECT
        basis, opportunity_type, model, campaign_key, NULL,
        {{per_measure "SUM(NAME)"}}
    FROM added_up
    GROUP BY basis, opportunity_type, model, campaign_key
),
ranked AS (
    SELECT
        basis, opportunity_type, campaign_key, revenue,
        RANK() OVER (PARTITION BY basis, opportunity_type, model ORDER BY revenue DESC) AS place
    FROM placed
    WHERE channel_key IS NULL AND campaign_key > 0
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
    COALESCE(h.channel, '(all)') AS channel,
{{measures "p.channel_key IS NULL"}},
    CASE WHEN p.channel_key IS NULL THEN {{money "s.spread"}} END AS spread,
    CASE WHEN p.channel_key IS NULL THEN s.best_rank END AS best_rank,
    CASE WHEN p.channel_key IS NULL THEN s.worst_rank END AS worst_rank
FROM placed AS p
INNER JOIN company AS a ON a.basis = p.basis AND a.opportunity_type = p.opportunity_type AND a.model = p.model
CROSS JOIN report_period AS g
INNER JOIN campaign_keys AS c ON c.campaign_key = p.campaign_key
INNER JOIN models AS m ON m.model = p.model
INNER JOIN opportunity_types AS t ON t.opportunity_type = p.opportunity_type
LEFT JOIN channels AS h ON h.channel_key = p.channel_key
LEFT JOIN agreement AS s
    ON s.basis = p.basis AND s.opportunity_type = p.opportunity_type AND s.campaign_key = p.campaign_key
ORDER BY p.basis DESC, t.position, m.position, c.campaign_id, h.channel NULLS FIRST
