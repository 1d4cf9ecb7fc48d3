-- conversion_people: one row per counted conversion, step, person and stretch of time in which the person's touches are asked for: of an
-- opportunity's conversion its buying group, of a person's the person (step 0). The touches may lie from window_start_us to
-- window_end_us: inside the look-back, at or before the anchor (up to the end of its day where it has no time), while the person belongs to the group
-- (member_from_us to member_until_us). It is a table so that own_touches joins touches by person and nothing else: a
-- planner that joined them by time first would meet their product.
CREATE TABLE conversion_people AS
SELECT
    c.conversion_key, b.step, b.match_method, b.person_key, b.from_us AS member_from_us, b.until_us AS member_until_us,
    GREATEST(c.window_start_us, b.from_us) AS window_start_us, LEAST(c.anchor_until_us, b.until_us) AS window_end_us
FROM conversions AS c
INNER JOIN buying_groups AS b ON b.opportunity_key = c.opportunity_key
WHERE c.is_counted
UNION ALL
SELECT
    c.conversion_key, 0, 'person', c.person_key, CAST(-9223372036854775808 AS BIGINT), CAST(9223372036854775807 AS BIGINT),
    c.window_start_us, c.anchor_until_us
FROM conversions AS c
WHERE c.is_counted AND c.person_key IS NOT NULL
