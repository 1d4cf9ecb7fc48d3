-- One row per change of the stage between two versions of an opportunity in history mode.
-- Opportunities that are in opportunity_history or opportunity_field_history are left to them.
WITH versions AS (
    SELECT
        id, stage_name, _fivetran_start, _file, _line,
        LAG(stage_name) OVER (PARTITION BY id ORDER BY _fivetran_start, _file, _line) AS before
    FROM opportunity
    WHERE _fivetran_start IS NOT NULL AND stage_name IS NOT NULL
)
SELECT 'opportunity' AS entity_type, id AS entity_id, stage_name AS stage, _fivetran_start AS entered_at, _file, _line
FROM versions
WHERE stage_name <> before
    AND id NOT IN (SELECT opportunity_id FROM opportunity_history WHERE opportunity_id IS NOT NULL)
    AND id NOT IN (SELECT opportunity_id FROM opportunity_field_history WHERE opportunity_id IS NOT NULL)
