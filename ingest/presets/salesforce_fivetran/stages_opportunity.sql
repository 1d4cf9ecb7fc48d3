-- One row per save of an opportunity. Rows that repeat the stage are edits and change nothing.
SELECT
    'opportunity' AS entity_type, opportunity_id AS entity_id, stage_name AS stage,
    created_date AS entered_at, _file, _line
FROM opportunity_history
WHERE stage_name IS NOT NULL
