-- One row per conversion: its time, its value, and the conversion whose journey it uses.
SELECT
    types.name AS conversion_type, conversions.opportunity_id, conversions.opportunity_type,
    MAKE_TIMESTAMP(conversions.created_us) AS created_at, MAKE_TIMESTAMP(conversions.anchor_us) AS converted_at,
    MAKE_TIMESTAMP(conversions.lookback_start_us) AS lookback_from,
    conversions.is_counted, conversions.is_open, conversions.value_minor, report_period.currency, journeys.path, journeys.touches, journeys.reason,
    sources.opportunity_id AS journey_opportunity_id, conversions.reverses_opportunity_id IS NOT NULL AS is_reversal, people.person_id,
    MAKE_TIMESTAMP(conversions.anchor_until_us) AS converted_until, MAKE_TIMESTAMP(conversions.last_win_us) AS last_win_at,
    conversions.anchor_day AS converted_on
FROM conversions
INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
CROSS JOIN report_period
LEFT JOIN journeys ON journeys.conversion_key = conversions.conversion_key
LEFT JOIN conversions AS sources ON sources.conversion_key = journeys.source_key
LEFT JOIN people ON people.person_key = conversions.person_key
ORDER BY conversions.conversion_key
