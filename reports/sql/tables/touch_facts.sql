-- One row per touchpoint: its person, channel and campaign, and why it does not count, if it does not.
SELECT
    t.touch_id, MAKE_TIMESTAMP(t.occurred_us) AS occurred_at, p.person_id, t.named_by,
    h.channel, h.is_direct, k.campaign_id, t.touch_type, t.status, t.excluded_reason
FROM touch_facts AS t
INNER JOIN people AS p ON p.person_key = t.person_key
INNER JOIN channels AS h ON h.channel_key = t.channel_key
INNER JOIN campaign_keys AS k ON k.campaign_key = t.campaign_key
ORDER BY t.occurred_us, t.touch_id
