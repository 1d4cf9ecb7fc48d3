-- One row per account, person and stretch of time in which the person belongs to the account.
SELECT
    members.account_id, people.person_id, members.match_method,
    CASE WHEN members.from_us <> -9223372036854775808 THEN MAKE_TIMESTAMP(members.from_us) END AS member_from,
    CASE WHEN members.until_us <> 9223372036854775807 THEN MAKE_TIMESTAMP(members.until_us) END AS member_until
FROM account_people AS members
INNER JOIN people ON people.person_key = members.person_key
ORDER BY members.account_id, people.person_id, members.from_us
