-- One row per company and contact: the companies that a contact serves.
SELECT DISTINCT ON (company_id, contact_id) company_id AS account_id, contact_id, _file, _line
FROM contact_company
ORDER BY company_id, contact_id, _file, _line
