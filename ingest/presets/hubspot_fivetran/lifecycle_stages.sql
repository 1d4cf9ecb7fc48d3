-- One row per change of a contact's lifecycle stage: stage history of contacts.
SELECT
    'contact' AS entity_type, contact_id AS entity_id,
    CASE LOWER(value)
        WHEN 'marketingqualifiedlead' THEN 'MQL'
        WHEN 'salesqualifiedlead' THEN 'SQL'
        ELSE value
    END AS stage,
    timestamp AS entered_at, _file, _line
FROM contact_property_history
WHERE LOWER(name) = 'lifecyclestage' AND value IS NOT NULL
