-- The won opportunities that control totals count: one row each, with the instant of closed_at or,
-- without it, that of stage_history.
SELECT
    COALESCE(EPOCH_US(o.closed_at), f.won_us) AS us, f.currency, 1 AS n,
    CAST(f.amount_minor AS HUGEINT) * (1000000 // m.minor_per_unit) AS micros,
    CAST(c.value_minor AS HUGEINT) * (1000000 // g.minor_per_unit) AS reporting_micros
FROM opportunity_facts AS f
INNER JOIN opportunities AS o ON o.opportunity_id = f.opportunity_id
INNER JOIN conversions AS c ON c.opportunity_key = f.opportunity_key AND c.conversion_type = 1
INNER JOIN currencies AS m ON m.currency = f.currency
CROSS JOIN settings AS g
