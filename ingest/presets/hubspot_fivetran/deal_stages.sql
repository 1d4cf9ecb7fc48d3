-- One row per entry of a deal to a stage: stage history of opportunities, under the names of stages
-- that deals.sql uses.
WITH merged AS (
    SELECT merged_deal_id AS deal_id
    FROM merged_deal
    WHERE merged_deal_id <> deal_id
    UNION
    SELECT gone.id
    FROM deal AS d, UNNEST(STRING_SPLIT_REGEX(d.property_hs_merged_object_ids, '[;,\s]+')) AS gone (id)
    WHERE d.property_hs_merged_object_ids IS NOT NULL AND gone.id NOT IN ('', d.deal_id)
),
stages AS (
    SELECT
        stage_id, label,
        COALESCE(LOWER(closed_won) IN ('true', 't', '1'), TRY_CAST(probability AS DOUBLE) = 1, FALSE) AS is_won,
        COALESCE(LOWER(is_closed) IN ('true', 't', '1'), TRY_CAST(probability AS DOUBLE) IN (0, 1), FALSE) AS is_closed
    FROM deal_pipeline_stage
    QUALIFY ROW_NUMBER() OVER (PARTITION BY stage_id ORDER BY _fivetran_synced DESC NULLS LAST, _file DESC, _line DESC) = 1
),
entries AS (
    SELECT deal_id, value, date_entered AS entered_at, _file, _line
    FROM deal_stage
    UNION ALL
    SELECT deal_id, value, timestamp, _file, _line
    FROM deal_property_history
    WHERE LOWER(name) = 'dealstage'
        AND deal_id NOT IN (SELECT deal_id FROM deal_stage WHERE deal_id IS NOT NULL)
)
SELECT
    'opportunity' AS entity_type, e.deal_id AS entity_id,
    CASE
        WHEN s.is_won THEN 'Closed Won'
        WHEN s.is_closed THEN 'Closed Lost'
        ELSE COALESCE(s.label, e.value)
    END AS stage,
    e.entered_at, e._file, e._line
FROM entries AS e
LEFT JOIN stages AS s ON s.stage_id = e.value
WHERE e.value IS NOT NULL
    AND e.deal_id NOT IN (SELECT deal_id FROM merged WHERE deal_id IS NOT NULL)
