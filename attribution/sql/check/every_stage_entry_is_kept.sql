-- Every person that entered a stage of the funnel has one conversion to it, and there is no other conversion of persons.
SELECT e.person_key, e.conversion_type
FROM (
    SELECT DISTINCT p.person_key, s.conversion_type
    FROM person_entries AS p
    INNER JOIN funnel_stages AS s ON s.position = p.position
) AS e
FULL OUTER JOIN (
    SELECT person_key, conversion_type, COUNT(*) AS copies
    FROM conversions
    WHERE conversion_type > 1
    GROUP BY person_key, conversion_type
) AS c ON c.person_key = e.person_key AND c.conversion_type = e.conversion_type
WHERE e.person_key IS NULL OR c.person_key IS NULL OR c.copies <> 1
