-- grain: touch_id
-- message: {touchpoint has|touchpoints have} neither a campaign nor a channel, and {is|are} under
--   (none)
-- severity: info
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE campaign_key = 0 AND channel_key = 0
