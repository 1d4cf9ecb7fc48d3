SELECT
    COALESCE(v.opportunity_id, CASE WHEN h.person_id LIKE 'contact:%' OR h.person_id LIKE 'lead:%' THEN h.person_id END) AS record_id,
    STRFTIME(MAKE_TIMESTAMP(c.anchor_us), '%Y-%m-%dT%H:%M:%SZ') AS converted_at, c.google_click_id, c.reason,
    units(c.millionths) AS credit, money(c.minor) AS value, CASE WHEN c.minor IS NOT NULL THEN p.currency END AS currency
FROM activation_google_ads AS c
INNER JOIN conversions AS v ON v.conversion_key = c.conversion_key
CROSS JOIN report_period AS p
LEFT JOIN people AS h ON h.person_key = v.person_key
ORDER BY c.conversion_key, c.reason NULLS FIRST, c.google_click_id
