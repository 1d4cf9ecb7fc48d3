-- conversion_people: one row per counted conversion, step and person whose touches are asked for: of an opportunity's conversion its
-- buying group, of a person's the person (step 0). It is a table so that own_touches joins touches by person and nothing else: a
-- planner that joined them by time first would meet their product.
CREATE TABLE conversion_people AS
SELECT c.conversion_key, b.step, b.match_method, b.person_key, c.window_start_us, c.anchor_us
FROM conversions AS c
INNER JOIN buying_groups AS b ON b.opportunity_key = c.opportunity_key
WHERE c.is_counted
UNION ALL
SELECT c.conversion_key, 0, 'person', c.person_key, c.window_start_us, c.anchor_us
FROM conversions AS c
WHERE c.is_counted AND c.person_key IS NOT NULL
