-- One row per event of a lead, a contact or an opportunity. Events after the last change in the
-- file are planned events, and are left out.
WITH present_events AS (
    SELECT id, who_id, what_id, owner_id, type, event_subtype, start_date_time, activity_date_time, activity_date, last_modified_date, _file, _line
    FROM event
    WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
    ) = 1
),
known AS (
    SELECT MAX(TRY_CAST(LEFT(last_modified_date, 10) AS DATE)) AS until FROM present_events
),
held AS (
    SELECT
        e.id, e.owner_id, e.type, e.event_subtype, e.last_modified_date, e._file, e._line, k.until,
        CASE WHEN e.who_id LIKE '00Q%' THEN e.who_id END AS lead_id,
        CASE WHEN e.who_id LIKE '003%' THEN e.who_id END AS contact_id,
        CASE WHEN e.what_id LIKE '006%' THEN e.what_id END AS opportunity_id,
        COALESCE(e.start_date_time, e.activity_date_time, e.activity_date) AS occurred_at
    FROM present_events AS e
    CROSS JOIN known AS k
)
SELECT
    id AS activity_id, occurred_at, lead_id, contact_id, opportunity_id, owner_id AS owner,
    COALESCE(type, event_subtype, 'Event') AS activity_type, last_modified_date AS updated_at, _file, _line
FROM held
WHERE (lead_id IS NOT NULL OR contact_id IS NOT NULL OR opportunity_id IS NOT NULL)
    AND occurred_at IS NOT NULL AND COALESCE(TRY_CAST(LEFT(occurred_at, 10) AS DATE) <= until, TRUE)
