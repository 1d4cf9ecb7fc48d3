-- One row per completed task of a lead, a contact or an opportunity. An open task is a plan.
-- activity_date is the day on which it is due: a task was done by its last change at the latest.
WITH present_tasks AS (
    SELECT id, who_id, what_id, owner_id, status, is_closed, call_disposition, task_subtype, type, activity_date, completed_date_time, created_date, last_modified_date, _file, _line
    FROM task
    WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
    ) = 1
),
done AS (
    SELECT
        id, owner_id, status, call_disposition, task_subtype, type, last_modified_date, _file, _line,
        CASE WHEN who_id LIKE '00Q%' THEN who_id END AS lead_id,
        CASE WHEN who_id LIKE '003%' THEN who_id END AS contact_id,
        CASE WHEN what_id LIKE '006%' THEN what_id END AS opportunity_id,
        CASE
            WHEN completed_date_time IS NOT NULL THEN completed_date_time
            WHEN activity_date IS NULL THEN created_date
            WHEN TRY_CAST(LEFT(last_modified_date, 10) AS DATE) < TRY_CAST(LEFT(activity_date, 10) AS DATE) THEN last_modified_date
            ELSE activity_date
        END AS occurred_at
    FROM present_tasks
    WHERE LOWER(is_closed) IN ('1', 't', 'true') OR LOWER(status) = 'completed'
)
SELECT
    id AS activity_id, occurred_at, lead_id, contact_id, opportunity_id, owner_id AS owner,
    COALESCE(type, task_subtype, 'Task') AS activity_type, COALESCE(call_disposition, status) AS outcome,
    last_modified_date AS updated_at, _file, _line
FROM done
WHERE lead_id IS NOT NULL OR contact_id IS NOT NULL OR opportunity_id IS NOT NULL
