-- One row per contact: contacts.
SELECT
    COALESCE("Record ID", "Record ID - Contact", "Contact ID") AS contact_id,
    COALESCE("Associated Company IDs (Primary)", "Primary Associated Company ID", NULLIF(STRING_SPLIT_REGEX("Associated Company IDs", '[;,\s]+')[1], '')) AS account_id,
    Email AS email, "Job Title" AS persona, "Create Date" AS created_at,
    "Last Modified Date" AS updated_at, _file, _line
FROM contact
