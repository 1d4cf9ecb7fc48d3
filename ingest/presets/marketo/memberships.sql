-- One row per lead and program: touchpoints, if no changes of the status were exported.
SELECT
    'member-' || program_id || '-' || lead_id AS touch_id,
    COALESCE(reached_success_date, membership_date) AS occurred_at, lead_id, program_id AS campaign_id,
    'program status' AS touch_type,
    CASE WHEN LOWER(reached_success) IN ('false', 'f', '0') THEN 'sent' ELSE progression_status END AS status,
    updated_at, _file, _line
FROM membership
WHERE (lead_id, program_id) NOT IN (
        SELECT (lead_id, primary_attribute_value_id)
        FROM progression
        WHERE lead_id IS NOT NULL AND primary_attribute_value_id IS NOT NULL
    )
    AND lead_id NOT IN (SELECT lead_id FROM deletion WHERE lead_id IS NOT NULL)
