-- grain: opportunity_id
-- message: {opportunity was|opportunities were} closed at midnight, before {it was|they were}
--   created on the same day
-- severity: warning
-- remedy: if closed_at has no time of day, declare its format as a date
-- money: the amount of the opportunity
SELECT o.opportunity_id AS key, 1 AS n, CAST(c.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit AS micros
FROM opportunities AS o
INNER JOIN midnights AS m ON m.us = EPOCH_US(o.closed_at)
CROSS JOIN settings AS g
LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
WHERE o.closed_at_span_us = 0 AND o.created_at_span_us = 0
    AND EPOCH_US(o.created_at) > m.us AND EPOCH_US(o.created_at) < m.us + 86400000000
