-- One row per change of a lead's status: stage history of leads.
SELECT
    'lead' AS entity_type, lead_id AS entity_id, new_value AS stage, activity_date AS entered_at, reason,
    _file, _line
FROM change
WHERE LOWER(primary_attribute_value) IN ('lead status', 'lifecycle stage', 'lifecycle status', 'lead lifecycle stage')
    AND new_value IS NOT NULL
    AND lead_id NOT IN (SELECT lead_id FROM deletion WHERE lead_id IS NOT NULL)
