-- One row per touchpoint: its person, channel and campaign, and why it does not count (NULL if it
-- does).
SELECT
    touches.touch_id, MAKE_TIMESTAMP(touches.occurred_us) AS occurred_at, people.person_id, touches.named_by,
    channels.channel, channels.is_direct, campaigns.campaign_id, touches.touch_type, touches.status, touches.excluded_reason
FROM touch_facts AS touches
INNER JOIN people ON people.person_key = touches.person_key
INNER JOIN channels ON channels.channel_key = touches.channel_key
INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_key = touches.campaign_key
ORDER BY touches.occurred_us, touches.touch_id
