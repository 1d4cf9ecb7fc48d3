-- grain: opportunity_id or person_id
-- message: {conversion is|conversions are} after as-of and not counted
-- severity: warning
-- remedy: compare after_as_of in the report reconciliation, and set --as-of to a later day if
--   {it|they} should count
SELECT COALESCE(c.opportunity_id, p.person_id) AS key, COUNT(*) AS n FROM conversions AS c
LEFT JOIN people AS p ON p.person_key = c.person_key WHERE NOT c.is_counted GROUP BY 1
