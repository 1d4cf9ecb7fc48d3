-- asked_accounts: one row per asked person that has an account.
CREATE OR REPLACE TABLE asked_accounts AS
SELECT a.place, p.account_id, p.person_id
FROM asked AS a
INNER JOIN people AS p ON p.person_id = a.person_id
WHERE p.account_id IS NOT NULL
