-- reported_opportunities: one row per opportunity that may stand in reports: those of test accounts
-- are left out.
CREATE TABLE reported_opportunities AS
SELECT opportunities.opportunity_key
FROM opportunity_facts AS opportunities
ANTI JOIN test_accounts AS tests ON tests.account_id = opportunities.account_id
