-- One row per opportunity, step, person and stretch of time in which the person belongs to the
-- buying group.
SELECT
    opportunities.opportunity_id, members.step, steps.path, people.person_id, members.match_method,
    CASE WHEN members.from_us <> -9223372036854775808 THEN MAKE_TIMESTAMP(members.from_us) END AS member_from,
    CASE WHEN members.until_us <> 9223372036854775807 THEN MAKE_TIMESTAMP(members.until_us) END AS member_until
FROM buying_groups AS members
INNER JOIN opportunity_facts AS opportunities ON opportunities.opportunity_key = members.opportunity_key
INNER JOIN group_steps AS steps ON steps.step = members.step
INNER JOIN people ON people.person_key = members.person_key
ORDER BY opportunities.opportunity_id, members.step, people.person_id, members.from_us
