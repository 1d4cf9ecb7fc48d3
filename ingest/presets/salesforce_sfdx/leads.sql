-- One row per lead.
SELECT extId__c AS lead_id, Email AS email, CreatedDate AS created_at, LeadSource AS source, _file, _line
FROM lead
