-- touch_groups: one row per channel, campaign, type and status of touchpoints and reason for which
-- they do not count (excluded_reason, NULL if they do), with the number of touchpoints.
CREATE TABLE touch_groups AS
SELECT k.channel_key, k.campaign_key, k.touch_type, k.status, c.excluded_reason, c.touches
FROM touch_counts AS c
INNER JOIN touch_kind_facts AS k ON k.kind = c.kind
