-- grain: id of 15 characters
-- message: account, campaign or opportunity {id occurs|ids occur} with both 15 and 18 characters:
--   ids are compared byte by byte, so the two forms do not match
-- severity: warning
-- remedy: export all ids in one form, best with 18 characters
WITH ids AS (
    SELECT 'account' AS kind, account_id AS id FROM accounts
    UNION SELECT 'account', account_id FROM opportunities
    UNION SELECT 'account', account_id FROM contacts
    UNION SELECT 'account', account_id FROM leads
    UNION SELECT 'campaign', campaign_id FROM campaign_keys
    UNION SELECT 'opportunity', opportunity_id FROM opportunities
    UNION SELECT 'opportunity', opportunity_id FROM opportunity_contacts
)
SELECT a.id AS key, COUNT(*) AS n FROM ids AS a
INNER JOIN ids AS b ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id
GROUP BY a.id
