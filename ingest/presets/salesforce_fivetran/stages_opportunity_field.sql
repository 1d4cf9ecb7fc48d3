-- One row per entry of an opportunity to a stage, from the tracked changes of StageName.
-- Opportunities that are in opportunity_history are left to it.
WITH changes AS (
    SELECT
        opportunity_id, old_value, new_value, created_date, _file, _line,
        ROW_NUMBER() OVER (
            PARTITION BY opportunity_id ORDER BY TRY_CAST(created_date AS TIMESTAMP), created_date, _file, _line
        ) AS number
    FROM opportunity_field_history
    WHERE field = 'StageName'
        AND opportunity_id NOT IN (SELECT opportunity_id FROM opportunity_history WHERE opportunity_id IS NOT NULL)
),
tracked AS (
    SELECT MIN(TRY_CAST(created_date AS TIMESTAMP)) AS since FROM opportunity_field_history
),
created AS (
    SELECT id, MIN(created_date) AS created_date FROM opportunity GROUP BY id
)
SELECT 'opportunity' AS entity_type, opportunity_id AS entity_id, new_value AS stage, created_date AS entered_at, _file, _line
FROM changes
WHERE new_value IS NOT NULL
UNION ALL
-- The first stage is the old value of the first change. It has the date of the creation of the
-- record, unless that is before the oldest row of the history.
SELECT 'opportunity', c.opportunity_id, c.old_value, o.created_date, c._file, c._line
FROM changes AS c
JOIN created AS o ON o.id = c.opportunity_id
CROSS JOIN tracked AS t
WHERE c.number = 1 AND c.old_value IS NOT NULL AND TRY_CAST(o.created_date AS TIMESTAMP) >= t.since
