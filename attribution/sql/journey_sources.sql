-- journey_sources: one row per counted conversion: the conversion whose journey it uses. That is its own, but for a
-- reversal, which uses the one of the opportunity that it reverses (reversal_roots: reversals followed to the end).
CREATE TABLE journey_sources AS
SELECT c.conversion_key, COALESCE(r.root_key, c.conversion_key) AS source_key
FROM conversions AS c
LEFT JOIN reversal_roots AS r ON r.conversion_key = c.conversion_key
WHERE c.is_counted
