-- One row per campaign of an ad platform, or of Salesforce if Campaign was not exported. Of several
-- names and channels, the ones of the latest touchpoint are taken.
WITH written AS (
    SELECT
        COALESCE(bizible2__SF_Campaign__c, bizible2__Ad_Campaign_Id__c, bizible2__Ad_Campaign_Name__c) AS campaign_id,
        bizible2__Ad_Campaign_Name__c AS name, bizible2__Marketing_Channel__c AS channel,
        bizible2__Touchpoint_Date__c AS occurred_at, _file, _line
    FROM attribution_touchpoint
    UNION ALL
    SELECT
        COALESCE(bizible2__SF_Campaign__c, bizible2__Ad_Campaign_Id__c, bizible2__Ad_Campaign_Name__c),
        bizible2__Ad_Campaign_Name__c, bizible2__Marketing_Channel__c,
        bizible2__Touchpoint_Date__c, _file, _line
    FROM buyer_touchpoint
)
SELECT campaign_id, name, channel, _file, _line
FROM written
WHERE campaign_id IS NOT NULL AND campaign_id NOT IN (SELECT Id FROM campaign WHERE Id IS NOT NULL)
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY campaign_id ORDER BY TRY_CAST(occurred_at AS TIMESTAMP) DESC, name, channel, _file, _line
) = 1
