-- One row per role of a contact in an opportunity.
SELECT "Opportunity.extId__c" AS opportunity_id, "Contact.extId__c" AS contact_id, Role AS role, IsPrimary AS is_primary, _file, _line
FROM standard_role
WHERE "Contact.extId__c" IS NOT NULL
