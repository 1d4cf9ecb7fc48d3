-- One row per contact and conversion, the first and the most recent one: touchpoints of contacts
-- whose form submissions were not exported.
WITH conversions AS (
    SELECT
        COALESCE("Record ID", "Record ID - Contact", "Contact ID") AS contact_id,
        UNNEST([
            {'place': 'first', 'at': "First Conversion Date", 'name': "First Conversion"},
            {'place': 'recent', 'at': "Recent Conversion Date", 'name': "Recent Conversion"}
        ]) AS c,
        "First Conversion Date" AS first_at, _file, _line
    FROM contact
    WHERE Email IS NULL
        OR LOWER(TRIM(Email)) NOT IN (SELECT LOWER(TRIM(Email)) FROM submission WHERE Email IS NOT NULL)
)
SELECT
    c.place || '-' || contact_id AS touch_id, c.at AS occurred_at, contact_id, c.name AS campaign_id,
    'form' AS touch_type, 'submitted' AS status, 'website form' AS channel, _file, _line
FROM conversions
WHERE c.at IS NOT NULL AND (c.place = 'first' OR c.at IS DISTINCT FROM first_at)
