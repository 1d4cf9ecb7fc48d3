-- One row per person, in the order of person_id.
SELECT
    person_id, account_id, match_method, MAKE_TIMESTAMP(lead_at_us) AS lead_at, excluded_reason,
    MAKE_TIMESTAMP(lead_from_us) AS lead_from, MAKE_TIMESTAMP(lead_until_us) AS lead_until
FROM people
ORDER BY person_id
