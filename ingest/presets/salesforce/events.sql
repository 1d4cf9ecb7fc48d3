-- One row per event of a lead, a contact or an opportunity. Events after the last change in the
-- file are planned events, and are left out.
WITH known AS (
    SELECT MAX(TRY_CAST(LEFT(LastModifiedDate, 10) AS DATE)) AS until FROM event
),
held AS (
    SELECT
        e.Id, e.OwnerId, e.Type, e.EventSubtype, e.LastModifiedDate, e._file, e._line, k.until,
        CASE WHEN e.WhoId LIKE '00Q%' THEN e.WhoId END AS lead_id,
        CASE WHEN e.WhoId LIKE '003%' THEN e.WhoId END AS contact_id,
        CASE WHEN e.WhatId LIKE '006%' THEN e.WhatId END AS opportunity_id,
        COALESCE(e.StartDateTime, e.ActivityDateTime, e.ActivityDate) AS occurred_at
    FROM event AS e
    CROSS JOIN known AS k
)
SELECT
    Id AS activity_id, occurred_at, lead_id, contact_id, opportunity_id, OwnerId AS owner,
    COALESCE(Type, EventSubtype, 'Event') AS activity_type, LastModifiedDate AS updated_at, _file, _line
FROM held
WHERE (lead_id IS NOT NULL OR contact_id IS NOT NULL OR opportunity_id IS NOT NULL)
    AND occurred_at IS NOT NULL AND COALESCE(TRY_CAST(LEFT(occurred_at, 10) AS DATE) <= until, TRUE)
