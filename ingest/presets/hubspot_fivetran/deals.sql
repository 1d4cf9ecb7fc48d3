-- One row per deal and version: opportunities. The newest version of a deal counts. A deal that was
-- merged into another one is left out, because its amount would count twice.
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
companies AS (
    SELECT deal_id, company_id
    FROM deal_company
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY deal_id
        ORDER BY type_id IS NOT DISTINCT FROM '5' DESC, LENGTH(company_id), company_id, _file, _line
    ) = 1
)
SELECT
    d.deal_id AS opportunity_id, c.company_id AS account_id, d.property_dealname AS name,
    d.property_createdate AS created_at, d.property_closedate AS closed_at,
    CASE
        WHEN s.is_won THEN 'Closed Won'
        WHEN s.is_closed THEN 'Closed Lost'
        ELSE COALESCE(s.label, d.deal_pipeline_stage_id, 'No stage')
    END AS stage,
    COALESCE(CAST(s.is_won AS VARCHAR), LOWER(d.property_hs_is_closed_won), IF(d.deal_pipeline_stage_id IS NULL, 'false', NULL)) AS is_won,
    COALESCE(CAST(s.is_won OR s.is_closed AS VARCHAR), LOWER(d.property_hs_is_closed), IF(d.deal_pipeline_stage_id IS NULL, 'false', NULL)) AS is_closed,
    d.property_amount AS amount, d.property_deal_currency_code AS currency,
    d.property_dealtype AS opportunity_type, COALESCE(d.owner_id, d.property_hubspot_owner_id) AS owner,
    d.property_closed_lost_reason AS loss_reason, d._fivetran_synced AS updated_at, d._file, d._line
FROM deal AS d
LEFT JOIN stages AS s ON s.stage_id = d.deal_pipeline_stage_id
LEFT JOIN companies AS c ON c.deal_id = d.deal_id
WHERE COALESCE(LOWER(d._fivetran_active), 'true') IN ('true', 't', '1')
    AND d.deal_id NOT IN (SELECT deal_id FROM merged WHERE deal_id IS NOT NULL)
