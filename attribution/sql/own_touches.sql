-- own_touches: one row per counted conversion and touch of its own journey, before a reversal borrows its original's.
-- Eligible: not excluded, inside the look-back (before the opportunity's creation, or before a person's entry), at or before the
-- anchor, while its person belongs to the buying group; a direct touch only where nothing else is in the journey, if so configured. Of a person's conversion they are its own
-- (step 0), of an opportunity's those of its buying group. A stretch whose window is empty, as that of who came after the anchor, is
-- left out before the join: it would meet all touches of its person.
CREATE TABLE own_touches AS
WITH step_1 AS (
    SELECT p.conversion_key, p.step, p.match_method, t.touch_key, t.occurred_us, t.person_key, t.channel_key, t.campaign_key
    FROM conversion_people AS p
    INNER JOIN touch_facts AS t
        ON t.person_key = p.person_key AND t.occurred_us >= p.window_start_us AND t.occurred_us <= p.window_end_us
    WHERE p.step <= 1 AND p.window_start_us <= p.window_end_us AND t.excluded_reason IS NULL
),
satisfied AS (
    SELECT DISTINCT conversion_key FROM step_1
),
unsatisfied AS (
    SELECT p.conversion_key, p.step, p.match_method, p.person_key, p.window_start_us, p.window_end_us
    FROM conversion_people AS p
    LEFT JOIN satisfied AS s ON s.conversion_key = p.conversion_key
    WHERE p.step = 2 AND p.window_start_us <= p.window_end_us AND s.conversion_key IS NULL
),
found AS (
    SELECT conversion_key, step, match_method, touch_key, occurred_us, person_key, channel_key, campaign_key FROM step_1
    UNION ALL
    SELECT p.conversion_key, p.step, p.match_method, t.touch_key, t.occurred_us, t.person_key, t.channel_key, t.campaign_key
    FROM unsatisfied AS p
    INNER JOIN touch_facts AS t
        ON t.person_key = p.person_key AND t.occurred_us >= p.window_start_us AND t.occurred_us <= p.window_end_us
    WHERE t.excluded_reason IS NULL
),
with_others AS (
    SELECT DISTINCT f.conversion_key
    FROM found AS f
    INNER JOIN channels AS h ON h.channel_key = f.channel_key
    WHERE NOT h.is_direct
)
SELECT
    f.conversion_key, f.step, f.match_method, f.touch_key, f.occurred_us, f.person_key, f.channel_key, f.campaign_key,
    h.is_direct
FROM found AS f
INNER JOIN channels AS h ON h.channel_key = f.channel_key
CROSS JOIN settings AS g
LEFT JOIN with_others AS o ON o.conversion_key = f.conversion_key
WHERE NOT g.direct_is_fallback OR NOT h.is_direct OR o.conversion_key IS NULL
