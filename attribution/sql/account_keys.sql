-- account_keys: one row per account of accounts; account_key is dense, from 0, in byte order.
CREATE TABLE account_keys AS
SELECT CAST(ROW_NUMBER() OVER (ORDER BY account_id) - 1 AS BIGINT) AS account_key, account_id
FROM accounts
