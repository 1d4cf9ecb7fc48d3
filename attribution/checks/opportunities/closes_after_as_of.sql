-- grain: opportunity_id
-- message: {opportunity was|opportunities were} closed after as-of; a win there is not counted yet
-- severity: warning
-- remedy: set --as-of to a later day if the win happened
-- money: the amount of the opportunity
SELECT o.opportunity_id AS key, 1 AS n, CAST(c.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit AS micros
FROM opportunities AS o
INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage
CROSS JOIN settings AS g
LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
WHERE (COALESCE(o.is_won, w.is_won) OR COALESCE(o.is_closed, w.is_lost)) AND (EPOCH_US(o.closed_at) - o.closed_at_span_us) > g.as_of_us
