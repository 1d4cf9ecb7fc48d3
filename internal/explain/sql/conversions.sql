-- One row per conversion of an opportunity or person, in the order in which they are explained.
-- Parameters: its id, and whether it is a person.
SELECT
    conversion_type, opportunity_type, created_at, converted_at, lookback_from, is_counted, value_minor, currency,
    COALESCE(path, ''), COALESCE(reason, ''), COALESCE(NULLIF(journey_opportunity_id, opportunity_id), ''), is_reversal, converted_until, last_win_at
FROM conversions
WHERE unit_id = ? AND is_person = ?
ORDER BY CASE conversion_type WHEN 'pipeline' THEN 1 WHEN 'revenue' THEN 2 ELSE 3 END, converted_at, conversion_type
