-- One row per form submission: touchpoints of the type form. The channel follows from the
-- utm_medium in the address of the page; without one it is website form.
WITH submissions AS (
    SELECT
        *,
        NULLIF(LOWER(REGEXP_EXTRACT(page_url, '[?&]utm_medium=([^&#]*)', 1)), '') AS medium,
        NULLIF(LOWER(REGEXP_EXTRACT(page_url, '[?&]utm_source=([^&#]*)', 1)), '') AS source
    FROM form_submission
)
SELECT
    'form-' || COALESCE(conversion_id, contact_id || '-' || form_id || '-' || timestamp) AS touch_id,
    timestamp AS occurred_at, contact_id, form_id AS campaign_id, 'form' AS touch_type,
    'submitted' AS status, COALESCE(page_url, title) AS asset, source, medium,
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
