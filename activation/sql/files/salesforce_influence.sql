SELECT
    s.campaign_id AS "CampaignId", s.opportunity_id AS "OpportunityId", s.contact_id AS "ContactId",
    CAST(s.millionths AS DECIMAL(18, 0)) * CAST(0.0001 AS DECIMAL(4, 4)) AS "Influence", a.model_id AS "ModelId", s.role AS "Role"
FROM activation_salesforce_influence AS s
CROSS JOIN activation_settings AS a
WHERE s.reason IS NULL
ORDER BY s.opportunity_id, s.campaign_id, s.contact_id NULLS FIRST, s.role NULLS FIRST
