-- One row per company: accounts.
SELECT
    COALESCE("Record ID", "Record ID - Company", "Company ID") AS account_id, "Company Name" AS name,
    "Company Domain Name" AS domain, "Parent Company ID" AS parent_account_id, Type AS segment,
    Industry AS industry, "Last Modified Date" AS updated_at, _file, _line
FROM company
