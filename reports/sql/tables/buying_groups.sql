-- One row per opportunity, step, person and stretch of time in which the person belongs to the buying group.
SELECT
    o.opportunity_id, b.step, s.path, p.person_id, b.match_method,
    CASE WHEN b.from_us <> -9223372036854775808 THEN MAKE_TIMESTAMP(b.from_us) END AS member_from,
    CASE WHEN b.until_us <> 9223372036854775807 THEN MAKE_TIMESTAMP(b.until_us) END AS member_until
FROM buying_groups AS b
INNER JOIN opportunity_facts AS o ON o.opportunity_key = b.opportunity_key
INNER JOIN group_steps AS s ON s.step = b.step
INNER JOIN people AS p ON p.person_key = b.person_key
ORDER BY o.opportunity_id, b.step, p.person_id, b.from_us
