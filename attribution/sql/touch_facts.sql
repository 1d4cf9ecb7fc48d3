-- touch_facts: one row per touch: touch_base with the touches that a configured rule (bot_burst, dedupe_window) marked.
CREATE VIEW touch_facts AS
SELECT
    b.touch_key, b.touch_id, b.occurred_us, b.person_key, b.named_by, b.names_disagree, b.channel_key, b.campaign_key,
    b.touch_type, b.status,
    COALESCE(b.excluded_reason, r.reason) AS excluded_reason
FROM touch_base AS b
LEFT JOIN repeats AS r ON r.touch_key = b.touch_key
