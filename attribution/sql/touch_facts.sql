-- touch_facts: one row per touch: whose it is, when, its channel and campaign, and why it does not
-- count, if it does not: for its person, for its kind, or for a configured rule (bot_burst,
-- dedupe_window) that marked it in repeats. Every question to it reads all touches: what names or
-- kinds can answer is asked of touch_persons and touch_kind_facts.
CREATE VIEW touch_facts AS
SELECT
    r.touch_row, r.touch_id, r.occurred_us, p.person_key, p.named_by, p.names_disagree, p.is_recorded, p.has_account,
    k.channel_key, k.campaign_key, k.touch_type, k.status,
    COALESCE(p.excluded_reason, k.excluded_reason, m.reason) AS excluded_reason
FROM touch_rows AS r
INNER JOIN touch_persons AS p ON p.name_key = r.name_key
INNER JOIN touch_kind_facts AS k ON k.kind_key = r.kind_key
LEFT JOIN repeats AS m ON m.touch_row = r.touch_row
