-- Every conversion as the pass over journeys reads it, without an order. The parameter is the
-- instant that replaces an unknown creation.
SELECT
    c.conversion_key, c.conversion_type, c.opportunity_type, c.is_open, c.is_counted, c.reverses_opportunity_id IS NOT NULL,
    c.value_minor, CASE WHEN c.anchor_in_period THEN CAST(DATE_TRUNC('month', c.anchor_day) AS DATE) END, c.anchor_day,
    CAST(COALESCE(c.opportunity_key, -1) AS INTEGER), CAST(COALESCE(c.person_key, -1) AS INTEGER),
    COALESCE(c.created_us, $1), c.window_start_us, c.anchor_until_us, CAST(COALESCE(r.root_key, c.conversion_key) AS INTEGER),
    c.lookback_start_us
FROM conversions AS c
LEFT JOIN reversal_roots AS r ON r.conversion_key = c.conversion_key
