-- One row per company and version: accounts. The newest version of a company counts.
SELECT
    id AS account_id, property_name AS name, COALESCE(property_domain, property_website) AS domain,
    property_hs_parent_company_id AS parent_account_id, property_type AS segment,
    property_industry AS industry, _fivetran_synced AS updated_at, _file, _line
FROM company
WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
