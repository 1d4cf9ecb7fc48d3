-- One row per contact.
SELECT extId__c AS contact_id, "Account.extId__c" AS account_id, Email AS email, Title AS persona, CreatedDate AS created_at, _file, _line
FROM contact
