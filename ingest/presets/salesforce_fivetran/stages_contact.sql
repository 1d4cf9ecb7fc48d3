-- One row per entry of a contact to a status. Contact has no status field of its own in Salesforce:
-- if yours is none of these, name it here.
SELECT 'contact' AS entity_type, contact_id AS entity_id, new_value AS stage, created_date AS entered_at, _file, _line
FROM contact_history
WHERE field IN ('Status', 'Status__c', 'Contact_Status__c', 'Lifecycle_Stage__c') AND new_value IS NOT NULL
