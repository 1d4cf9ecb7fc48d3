-- One row per contact, campaign and opportunity of the influence that Salesforce computes.
SELECT
    extId__c AS influence_id, "Opportunity__r.extId__c" AS opportunity_id, "Campaign__r.extId__c" AS campaign_id,
    "Contact__r.extId__c" AS contact_id, COALESCE(Influence__c, '0') AS share, _file, _line
FROM influence
