-- One row per contact and lifecycle stage with a date: stage history of the contacts whose changes
-- were not exported.
SELECT
    'contact' AS entity_type, c.id AS entity_id, s.stage, s.entered_at, c._file, c._line
FROM contact AS c, UNNEST([
    {'stage': 'lead', 'entered_at': c.property_hs_lifecyclestage_lead_date},
    {'stage': 'MQL', 'entered_at': c.property_hs_lifecyclestage_marketingqualifiedlead_date},
    {'stage': 'SQL', 'entered_at': c.property_hs_lifecyclestage_salesqualifiedlead_date}
]) AS u (s)
WHERE s.entered_at IS NOT NULL
    AND COALESCE(LOWER(c._fivetran_active), 'true') IN ('true', 't', '1')
    AND c.id NOT IN (
        SELECT contact_id
        FROM contact_property_history
        WHERE LOWER(name) = 'lifecyclestage' AND contact_id IS NOT NULL
    )
