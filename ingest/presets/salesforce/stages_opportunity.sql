-- One row per save of an opportunity. Rows that repeat the stage are edits and change nothing.
SELECT
    'opportunity' AS entity_type, OpportunityId AS entity_id, StageName AS stage,
    CreatedDate AS entered_at, _file, _line
FROM opportunity_history
WHERE StageName IS NOT NULL
