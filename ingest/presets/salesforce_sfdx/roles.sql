-- One row per role of a contact in an opportunity.
SELECT "Opportunity__r.extId__c" AS opportunity_id, "Contact__r.extId__c" AS contact_id, Role__c AS role, IsPrimary__c AS is_primary, _file, _line
FROM role
WHERE "Contact__r.extId__c" IS NOT NULL
