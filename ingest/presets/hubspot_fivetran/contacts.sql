-- One row per contact and version: contacts. The newest version of a contact counts. Contacts that
-- were merged into another one are kept; merged_contacts.sql links them to the remaining contact.
WITH primary_company AS (
    SELECT contact_id, company_id
    FROM contact_company
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY contact_id
        ORDER BY type_id IS NOT DISTINCT FROM '1' DESC, LENGTH(company_id), company_id, _file, _line
    ) = 1
)
SELECT
    c.id AS contact_id, COALESCE(c.property_associatedcompanyid, p.company_id) AS account_id,
    c.property_email AS email, c.property_jobtitle AS persona, c.property_createdate AS created_at,
    c._fivetran_synced AS updated_at, c._file, c._line
FROM contact AS c
LEFT JOIN primary_company AS p ON p.contact_id = c.id
WHERE COALESCE(LOWER(c._fivetran_active), 'true') IN ('true', 't', '1')
