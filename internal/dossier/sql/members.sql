-- members: one row per asked account and person who serves it at as-of, other than the person who
-- was asked for.
CREATE OR REPLACE TABLE members AS
SELECT DISTINCT a.place, m.person_id
FROM asked_accounts AS a
INNER JOIN account_people AS m ON m.account_id = a.account_id
CROSS JOIN clock AS k
WHERE m.person_id IS DISTINCT FROM a.person_id
    AND (m.member_from IS NULL OR m.member_from <= k.as_of) AND (m.member_until IS NULL OR m.member_until >= k.as_of)
