-- One row per completed task of a lead, a contact or an opportunity. An open task is a plan.
-- ActivityDate is the day on which it is due: a task was done by its last change at the latest.
WITH done AS (
    SELECT
        Id, OwnerId, Status, CallDisposition, TaskSubtype, Type, LastModifiedDate, _file, _line,
        CASE WHEN WhoId LIKE '00Q%' THEN WhoId END AS lead_id,
        CASE WHEN WhoId LIKE '003%' THEN WhoId END AS contact_id,
        CASE WHEN WhatId LIKE '006%' THEN WhatId END AS opportunity_id,
        CASE
            WHEN CompletedDateTime IS NOT NULL THEN CompletedDateTime
            WHEN ActivityDate IS NULL THEN CreatedDate
            WHEN TRY_CAST(LEFT(LastModifiedDate, 10) AS DATE) < TRY_CAST(LEFT(ActivityDate, 10) AS DATE) THEN LastModifiedDate
            ELSE ActivityDate
        END AS occurred_at
    FROM task
    WHERE LOWER(IsClosed) IN ('1', 'true') OR LOWER(Status) = 'completed'
)
SELECT
    Id AS activity_id, occurred_at, lead_id, contact_id, opportunity_id, OwnerId AS owner,
    COALESCE(Type, TaskSubtype, 'Task') AS activity_type, COALESCE(CallDisposition, Status) AS outcome,
    LastModifiedDate AS updated_at, _file, _line
FROM done
WHERE lead_id IS NOT NULL OR contact_id IS NOT NULL OR opportunity_id IS NOT NULL
