-- One row per entry of a contact to a status. Contact has no status field of its own in Salesforce:
-- if yours is none of these, name it here.
SELECT
    'contact' AS entity_type, ContactId AS entity_id, NewValue AS stage, CreatedDate AS entered_at,
    _file, _line
FROM contact_history
WHERE Field IN ('Status', 'Status__c', 'Contact_Status__c', 'Lifecycle_Stage__c') AND NewValue IS NOT NULL
