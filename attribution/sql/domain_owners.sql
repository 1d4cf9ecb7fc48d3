-- domain_owners: one row per account and registrable domain of the account.
CREATE TABLE domain_owners AS
SELECT DISTINCT account_id, domain
FROM owned_domains
