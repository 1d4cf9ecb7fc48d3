-- One row per entry of a contact to a status. Contact has no status of its own in Salesforce: name
-- your field here, if it is none of these.
SELECT
    'contact' AS entity_type, ContactId AS entity_id, NewValue AS stage, CreatedDate AS entered_at,
    _file, _line
FROM contact_history
WHERE Field IN ('Status', 'Status__c', 'Contact_Status__c', 'Lifecycle_Stage__c') AND NewValue IS NOT NULL
