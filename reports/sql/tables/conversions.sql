-- One row per conversion: when, what it is worth, and the journey it uses.
SELECT
    y.name AS conversion_type, c.opportunity_id, c.opportunity_type,
    MAKE_TIMESTAMP(c.created_us) AS created_at, MAKE_TIMESTAMP(c.anchor_us) AS converted_at,
    MAKE_TIMESTAMP(c.window_start_us) AS lookback_from,
    c.is_counted, c.is_open, c.value_minor, g.currency, j.path, j.touches, j.reason,
    s.opportunity_id AS journey_opportunity_id, c.reverses_opportunity_id IS NOT NULL AS is_reversal, p.person_id,
    MAKE_TIMESTAMP(c.anchor_until_us) AS converted_until
FROM conversions AS c
INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
CROSS JOIN report_period AS g
LEFT JOIN journeys AS j ON j.conversion_key = c.conversion_key
LEFT JOIN conversions AS s ON s.conversion_key = j.source_key
LEFT JOIN people AS p ON p.person_key = c.person_key
ORDER BY c.conversion_key
