-- One row per form submission: touchpoints of the type form. The channel follows from the
-- utm_medium in the address of the page; without one it is website form.
WITH submissions AS (
    SELECT
        *,
        NULLIF(LOWER(REGEXP_EXTRACT(COALESCE("Page URL", "Conversion Page"), '[?&]utm_medium=([^&#]*)', 1)), '') AS medium,
        NULLIF(LOWER(REGEXP_EXTRACT(COALESCE("Page URL", "Conversion Page"), '[?&]utm_source=([^&#]*)', 1)), '') AS source
    FROM submission
)
SELECT
    'form-' || _file || '-' || _line AS touch_id, "Conversion Date" AS occurred_at, Email AS email,
    COALESCE("Form Name", "Conversion Title") AS campaign_id, 'form' AS touch_type,
    'submitted' AS status, COALESCE("Page URL", "Conversion Page") AS asset, source, medium,
    CASE
        WHEN medium IS NULL THEN 'website form'
        WHEN medium IN ('cpc', 'ppc', 'paidsearch', 'paid_search', 'paid-search') THEN 'paid search'
        WHEN medium IN ('paid_social', 'paid-social', 'paidsocial', 'cpm', 'paid') THEN 'paid social'
        WHEN medium IN ('email', 'e-mail', 'newsletter') THEN 'email'
        WHEN medium IN ('social', 'organic_social', 'organic-social') THEN 'organic social'
        WHEN medium IN ('display', 'banner') THEN 'display'
        ELSE REPLACE(medium, '(none)', 'direct')
    END AS channel,
    _file, _line
FROM submissions
