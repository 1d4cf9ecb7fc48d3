-- Every person who entered a stage of the funnel has one conversion to it, and there is no other
-- conversion of persons.
SELECT person_key, conversion_type, BOOL_OR(is_entry) AS is_entered, SUM(conversions) AS conversions
FROM (
    SELECT p.person_key, s.conversion_type, TRUE AS is_entry, 0 AS conversions
    FROM person_entries AS p
    INNER JOIN funnel_stages AS s ON s.position = p.position
    UNION ALL
    SELECT person_key, conversion_type, FALSE, 1
    FROM conversions
    WHERE conversion_type > 1 OR conversion_type IS NULL
) AS u
GROUP BY person_key, conversion_type
HAVING NOT BOOL_OR(is_entry) OR SUM(conversions) IS DISTINCT FROM 1 OR person_key IS NULL OR conversion_type IS NULL
