-- asked_touches: one row per touchpoint of an asked person up to as-of.
CREATE OR REPLACE TABLE asked_touches AS
SELECT a.place, t.touch_id, t.occurred_at, t.channel, t.campaign_id, t.touch_type, t.status, t.excluded_reason
FROM touch_facts AS t
INNER JOIN asked AS a ON a.person_id = t.person_id
CROSS JOIN clock AS k
WHERE t.occurred_at <= k.as_of
