-- The parts of every conversion in google_ads_credit sum to 1,000,000 millionths and to its value,
-- and no conversion is missing.
SELECT COALESCE(w.conversion_key, s.conversion_key) AS conversion_key, s.millionths, s.minor, w.value_minor
FROM (
    SELECT c.conversion_key, c.value_minor
    FROM conversions AS c
    INNER JOIN activation_settings AS a ON a.conversion_type = c.conversion_type
    WHERE c.is_counted
) AS w
FULL JOIN (
    SELECT conversion_key, SUM(millionths) AS millionths, SUM(minor) AS minor
    FROM activation_google_ads
    GROUP BY conversion_key
) AS s ON s.conversion_key = w.conversion_key
WHERE w.conversion_key IS NULL OR s.millionths IS DISTINCT FROM 1000000 OR s.minor IS DISTINCT FROM w.value_minor
