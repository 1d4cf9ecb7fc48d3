-- One row per entry of an opportunity to a stage, from the tracked changes of StageName.
-- Opportunities that are in OpportunityHistory are left to it.
WITH changes AS (
    SELECT
        OpportunityId, OldValue, NewValue, CreatedDate, _file, _line,
        ROW_NUMBER() OVER (
            PARTITION BY OpportunityId ORDER BY TRY_CAST(CreatedDate AS TIMESTAMP), CreatedDate, _file, _line
        ) AS number
    FROM opportunity_field_history
    WHERE Field = 'StageName' AND OpportunityId NOT IN (SELECT OpportunityId FROM opportunity_history WHERE OpportunityId IS NOT NULL)
),
tracked AS (
    SELECT MIN(TRY_CAST(CreatedDate AS TIMESTAMP)) AS since FROM opportunity_field_history
)
SELECT 'opportunity' AS entity_type, OpportunityId AS entity_id, NewValue AS stage, CreatedDate AS entered_at, _file, _line
FROM changes
WHERE NewValue IS NOT NULL
UNION ALL
-- The first stage is the old value of the first change. It has the date of the creation of the
-- record, unless that is before the oldest row of the history.
SELECT 'opportunity', c.OpportunityId, c.OldValue, o.CreatedDate, c._file, c._line
FROM changes AS c
JOIN opportunity AS o ON o.Id = c.OpportunityId
CROSS JOIN tracked AS t
WHERE c.number = 1 AND c.OldValue IS NOT NULL AND TRY_CAST(o.CreatedDate AS TIMESTAMP) >= t.since
