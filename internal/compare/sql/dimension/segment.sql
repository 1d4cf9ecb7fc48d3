-- valued: one row per row of credit: the segment of the account of the opportunity, or of
-- the person that converted.
CREATE VIEW valued AS
SELECT CASE WHEN credit.touch_id IS NULL THEN '(unattributed)' ELSE COALESCE(accounts.segment, '(none)') END AS value, credit.*
FROM credit
LEFT JOIN opportunities ON opportunities.opportunity_id = credit.opportunity_id
LEFT JOIN people ON people.person_id = credit.person_id
LEFT JOIN accounts ON accounts.account_id = COALESCE(opportunities.account_id, people.account_id)
