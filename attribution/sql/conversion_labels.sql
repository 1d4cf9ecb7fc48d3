-- conversion_labels: one row per conversion: its account, segment, industry, top parent account and
-- owner. The account is that of the opportunity or of the person. The owner is that of the
-- opportunity; of a person, that of its newest lead with an owner. Unknown values are NULL.
CREATE TABLE conversion_labels AS
WITH owned AS (
    SELECT
        conversions.conversion_key, COALESCE(opportunities.account_id, persons.account_id) AS account_id,
        CASE WHEN conversions.opportunity_id IS NOT NULL THEN opportunities.owner ELSE NULLIF(persons.lead_owner, '(no owner)') END AS owner
    FROM conversions
    LEFT JOIN opportunities ON opportunities.opportunity_id = conversions.opportunity_id
    LEFT JOIN person_labels AS persons ON persons.person_key = conversions.person_key
)
SELECT
    owned.conversion_key, accounts.segment, accounts.industry, owned.account_id AS account,
    COALESCE(tops.top_account_id, owned.account_id) AS parent_account, owned.owner
FROM owned
LEFT JOIN accounts ON accounts.account_id = owned.account_id
LEFT JOIN account_tops AS tops ON tops.account_id = owned.account_id
