-- One row per contact, campaign and opportunity of one influence model: the default model, if
-- campaign_influence_model was exported, or else the one with the least id, which is the oldest:
-- the Primary Campaign Source model. To compare with another model, name its id in the last line.
WITH present AS (
    SELECT * FROM campaign_influence WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
),
chosen AS (
    SELECT COALESCE(
        (SELECT MIN(id) FROM campaign_influence_model WHERE LOWER(is_default_model) IN ('true', 't', '1')),
        (SELECT MIN(model_id) FROM present)
    ) AS model_id
)
SELECT
    present.id AS influence_id, present.opportunity_id, present.campaign_id, present.contact_id,
    COALESCE(present.influence, '0') AS share, present.last_modified_date AS updated_at, present._file, present._line
FROM present
CROSS JOIN chosen
WHERE chosen.model_id IS NULL OR present.model_id = chosen.model_id
