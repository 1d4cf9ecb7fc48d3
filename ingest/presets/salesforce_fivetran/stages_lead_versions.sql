-- One row per change of the status between two versions of a lead in history mode. Leads that are
-- in lead_history are left to it.
WITH versions AS (
    SELECT
        id, status, _fivetran_start, _file, _line,
        LAG(status) OVER (PARTITION BY id ORDER BY _fivetran_start, _file, _line) AS before
    FROM lead
    WHERE _fivetran_start IS NOT NULL AND status IS NOT NULL
)
SELECT 'lead' AS entity_type, id AS entity_id, status AS stage, _fivetran_start AS entered_at, _file, _line
FROM versions
WHERE status <> before AND id NOT IN (SELECT lead_id FROM lead_history WHERE lead_id IS NOT NULL)
