-- One row per entry of a lead to a status, from the tracked changes of Status.
WITH changes AS (
    SELECT
        LeadId, OldValue, NewValue, CreatedDate, _file, _line,
        ROW_NUMBER() OVER (
            PARTITION BY LeadId ORDER BY TRY_CAST(CreatedDate AS TIMESTAMP), CreatedDate, _file, _line
        ) AS number
    FROM lead_history
    WHERE Field = 'Status'
),
tracked AS (
    SELECT MIN(TRY_CAST(CreatedDate AS TIMESTAMP)) AS since FROM lead_history
)
SELECT 'lead' AS entity_type, LeadId AS entity_id, NewValue AS stage, CreatedDate AS entered_at, _file, _line
FROM changes
WHERE NewValue IS NOT NULL
UNION ALL
-- The first status is the old value of the first change or, without a change, the current status.
-- It has the date of the creation of the lead, unless that is before the oldest row of the history:
-- Salesforce stores field history for 18 to 24 months only.
SELECT
    'lead', l.Id, CASE WHEN c.LeadId IS NULL THEN l.Status ELSE c.OldValue END, l.CreatedDate,
    l._file, l._line
FROM lead AS l
LEFT JOIN changes AS c ON c.LeadId = l.Id AND c.number = 1
CROSS JOIN tracked AS t
WHERE l.MasterRecordId IS NULL
    AND CASE WHEN c.LeadId IS NULL THEN l.Status ELSE c.OldValue END IS NOT NULL
    AND TRY_CAST(l.CreatedDate AS TIMESTAMP) >= t.since
