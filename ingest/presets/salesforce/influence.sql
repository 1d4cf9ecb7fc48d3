-- One row per contact, campaign and opportunity of one influence model: the default model, if
-- CampaignInfluenceModel was exported, or else the one with the least id, which is the oldest: the
-- Primary Campaign Source model. To compare with another model, name its id in the last line.
WITH chosen AS (
    SELECT COALESCE(
        (SELECT MIN(Id) FROM influence_model WHERE LOWER(IsDefaultModel) IN ('1', 'true')),
        (SELECT MIN(ModelId) FROM influence)
    ) AS model_id
)
SELECT
    influence.Id AS influence_id, influence.OpportunityId AS opportunity_id, influence.CampaignId AS campaign_id,
    influence.ContactId AS contact_id, COALESCE(influence.Influence, '0') AS share, influence.LastModifiedDate AS updated_at,
    influence._file, influence._line
FROM influence
CROSS JOIN chosen
WHERE chosen.model_id IS NULL OR influence.ModelId = chosen.model_id
