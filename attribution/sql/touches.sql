-- touches: one row per counted conversion and touch of its journey; what credit is computed from.
-- lead_us is when the touch's person became a lead.
CREATE TABLE touches AS
SELECT
    s.conversion_key, t.touch_key, t.occurred_us, t.channel_key, t.campaign_key, t.is_direct, t.step, t.match_method,
    p.lead_at_us AS lead_us, p.lead_from_us, p.lead_until_us,
    t.occurred_us >= g.from_us AND t.occurred_us < g.to_us AS touch_in_period
FROM journey_sources AS s
INNER JOIN own_touches AS t ON t.conversion_key = s.source_key
INNER JOIN people AS p ON p.person_key = t.person_key
CROSS JOIN settings AS g
