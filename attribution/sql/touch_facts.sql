-- touch_facts: one row per touchpoint: its person, its time, its channel and campaign, and why it
-- does not count (NULL if it does): because of its person, of its kind, or of a configured rule
-- (bot_burst, dedupe_window) whose marks are in repeats. Every query of this view reads all
-- touchpoints; queries that need only names or kinds use touch_persons and touch_kind_facts
-- instead.
CREATE VIEW touch_facts AS
SELECT
    r.touch_row, r.touch_id, r.occurred_us, p.person_key, p.named_by, p.names_disagree, p.is_recorded, p.has_account,
    k.channel_key, k.campaign_key, k.touch_type, k.status,
    COALESCE(p.excluded_reason, k.excluded_reason, m.reason) AS excluded_reason
FROM touch_rows AS r
INNER JOIN touch_persons AS p ON p.name_key = r.name_key
INNER JOIN touch_kind_facts AS k ON k.kind_key = r.kind_key
LEFT JOIN repeats AS m ON m.touch_row = r.touch_row
