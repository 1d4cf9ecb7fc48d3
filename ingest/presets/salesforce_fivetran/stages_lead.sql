-- One row per entry of a lead to a status, from the tracked changes of Status.
SELECT 'lead' AS entity_type, lead_id AS entity_id, new_value AS stage, created_date AS entered_at, _file, _line
FROM lead_history
WHERE field = 'Status' AND new_value IS NOT NULL
