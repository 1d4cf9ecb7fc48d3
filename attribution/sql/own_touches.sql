-- own_touches: one row per counted conversion and touch of its own journey, before a reversal borrows its original's.
-- Eligible: not excluded, inside the look-back (before the opportunity's creation, or before a person's entry), at or before the
-- anchor; a direct touch only where nothing else is in the journey, if so configured. Of a person's conversion they are its own
-- (step 0), of an opportunity's those of its buying group.
CREATE TABLE own_touches AS
WITH of_persons AS (
    SELECT c.conversion_key, 0 AS step, 'person' AS match_method, t.touch_key, t.occurred_us, t.person_key, t.channel_key, t.campaign_key
    FROM conversions AS c
    INNER JOIN touch_facts AS t
        ON t.person_key = c.person_key AND t.occurred_us >= c.window_start_us AND t.occurred_us <= c.anchor_us
    WHERE c.is_counted AND t.excluded_reason IS NULL
),
step_1 AS (
    SELECT c.conversion_key, b.step, b.match_method, t.touch_key, t.occurred_us, t.person_key, t.channel_key, t.campaign_key
    FROM conversions AS c
    INNER JOIN buying_groups AS b ON b.opportunity_key = c.opportunity_key AND b.step = 1
    INNER JOIN touch_facts AS t
        ON t.person_key = b.person_key AND t.occurred_us >= c.window_start_us AND t.occurred_us <= c.anchor_us
    WHERE c.is_counted AND t.excluded_reason IS NULL
),
satisfied AS (
    SELECT DISTINCT conversion_key FROM step_1
),
unsatisfied AS (
    SELECT c.conversion_key, c.opportunity_key, c.window_start_us, c.anchor_us
    FROM conversions AS c
    LEFT JOIN satisfied AS s ON s.conversion_key = c.conversion_key
    WHERE c.is_counted AND c.opportunity_key IS NOT NULL AND s.conversion_key IS NULL
),
step_2 AS (
    SELECT c.conversion_key, b.step, b.match_method, t.touch_key, t.occurred_us, t.person_key, t.channel_key, t.campaign_key
    FROM unsatisfied AS c
    INNER JOIN buying_groups AS b ON b.opportunity_key = c.opportunity_key AND b.step = 2
    INNER JOIN touch_facts AS t
        ON t.person_key = b.person_key AND t.occurred_us >= c.window_start_us AND t.occurred_us <= c.anchor_us
    WHERE t.excluded_reason IS NULL
),
found AS (
    SELECT conversion_key, step, match_method, touch_key, occurred_us, person_key, channel_key, campaign_key FROM of_persons
    UNION ALL
    SELECT conversion_key, step, match_method, touch_key, occurred_us, person_key, channel_key, campaign_key FROM step_1
    UNION ALL
    SELECT conversion_key, step, match_method, touch_key, occurred_us, person_key, channel_key, campaign_key FROM step_2
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
