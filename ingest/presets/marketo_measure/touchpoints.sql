-- One row per touchpoint of a person. Marketo Measure writes a touchpoint once as a Buyer
-- Touchpoint and once more for each opportunity as a Buyer Attribution Touchpoint; all of them
-- count once.
WITH persons AS (
    SELECT
        Id, bizible2__Contact__c AS contact_id, bizible2__Lead__c AS lead_id,
        ROW_NUMBER() OVER (PARTITION BY Id ORDER BY _file, _line) AS number
    FROM person
),
written AS (
    SELECT
        1 AS rank, Id, bizible2__User_Touchpoint_Id__c AS user_touchpoint_id, bizible2__UniqueId__c AS unique_id,
        bizible2__Contact__c AS contact_id, NULL AS lead_id, bizible2__Touchpoint_Date__c AS occurred_at,
        bizible2__Marketing_Channel__c AS channel, bizible2__SF_Campaign__c AS crm_campaign_id,
        bizible2__Ad_Campaign_Id__c AS ad_campaign_id, bizible2__Ad_Campaign_Name__c AS ad_campaign_name,
        bizible2__Touchpoint_Type__c AS touch_type, bizible2__Touchpoint_Source__c AS source,
        bizible2__Medium__c AS medium, bizible2__Landing_Page__c AS landing_page,
        bizible2__Form_URL__c AS form_page, LastModifiedDate AS updated_at, _file, _line
    FROM attribution_touchpoint
    UNION ALL
    SELECT
        2, b.Id, b.bizible2__User_Touchpoint_Id__c, b.bizible2__UniqueId__c,
        COALESCE(b.bizible2__Contact__c, p.contact_id), p.lead_id, b.bizible2__Touchpoint_Date__c,
        b.bizible2__Marketing_Channel__c, b.bizible2__SF_Campaign__c,
        b.bizible2__Ad_Campaign_Id__c, b.bizible2__Ad_Campaign_Name__c,
        b.bizible2__Touchpoint_Type__c, b.bizible2__Touchpoint_Source__c,
        b.bizible2__Medium__c, b.bizible2__Landing_Page__c,
        b.bizible2__Form_URL__c, b.LastModifiedDate, b._file, b._line
    FROM buyer_touchpoint AS b
    LEFT JOIN persons AS p ON p.Id = b.bizible2__Bizible_Person__c AND p.number = 1
),
-- Without User_Touchpoint_Id, rows with the same person, time, channel, campaign and page are one
-- touchpoint. UniqueId does not identify a touchpoint: it differs for each opportunity.
known AS (
    SELECT
        rank, Id, user_touchpoint_id, unique_id, contact_id, CASE WHEN contact_id IS NULL THEN lead_id END AS lead_id,
        occurred_at, channel, crm_campaign_id, ad_campaign_id, ad_campaign_name, touch_type, source, medium,
        landing_page, form_page, updated_at, _file, _line,
        CASE
            WHEN user_touchpoint_id IS NOT NULL THEN 'id ' || user_touchpoint_id
            ELSE CONCAT_WS('|', COALESCE(contact_id, lead_id), occurred_at, COALESCE(channel, ''), COALESCE(crm_campaign_id, ad_campaign_id, ad_campaign_name, ''), COALESCE(landing_page, form_page, ''))
        END AS touch_key
    FROM written
    WHERE contact_id IS NOT NULL OR lead_id IS NOT NULL
),
once AS (
    SELECT
        Id, user_touchpoint_id, unique_id, contact_id, lead_id, occurred_at, channel, crm_campaign_id, ad_campaign_id,
        ad_campaign_name, touch_type, source, medium, landing_page, form_page, updated_at, _file, _line
    FROM known
    QUALIFY ROW_NUMBER() OVER (PARTITION BY touch_key ORDER BY rank, Id, _file, _line) = 1
)
SELECT
    COALESCE(t.user_touchpoint_id, t.unique_id, t.Id) AS touch_id, t.occurred_at, t.contact_id, t.lead_id, t.channel,
    COALESCE(t.crm_campaign_id, t.ad_campaign_id, t.ad_campaign_name) AS campaign_id,
    COALESCE(t.touch_type, 'touchpoint') AS touch_type, COALESCE(t.form_page, t.landing_page) AS asset, t.source, t.medium,
    t.updated_at, t._file, t._line
FROM once AS t
-- Touchpoints that Marketo Measure made from campaign members are left out, because CampaignMember
-- has them.
WHERE NOT EXISTS (
    SELECT 1
    FROM member AS m
    WHERE m.CampaignId = t.crm_campaign_id AND (m.ContactId = t.contact_id OR m.LeadId = t.lead_id)
)
