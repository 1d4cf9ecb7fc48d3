-- One row per lead and program that was a success, at its first success: touchpoints.
WITH changes AS (
    SELECT
        *, COALESCE(LOWER(success) IN ('true', 't', '1'), FALSE) AS is_success,
        COUNT(*) FILTER (WHERE LOWER(success) IN ('true', 't', '1')) OVER () > 0 AS are_marked
    FROM progression
)
SELECT
    'marketo-' || id AS touch_id, activity_date AS occurred_at, lead_id,
    primary_attribute_value_id AS campaign_id, 'program status' AS touch_type, new_status AS status,
    _file, _line
FROM changes
WHERE (is_success OR NOT are_marked)
    AND lead_id NOT IN (SELECT lead_id FROM deletion WHERE lead_id IS NOT NULL)
QUALIFY NOT are_marked OR ROW_NUMBER() OVER (
    PARTITION BY lead_id, primary_attribute_value_id ORDER BY activity_date, id, _file, _line
) = 1
