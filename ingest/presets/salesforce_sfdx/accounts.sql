-- One row per account.
SELECT extId__c AS account_id, Name AS name, Website AS domain, "Parent.extId__c" AS parent_account_id, Type AS segment, Industry AS industry, _file, _line
FROM account
