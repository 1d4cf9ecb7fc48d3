SELECT
    c.google_click_id AS "Google Click ID", a.conversion_name AS "Conversion Name", t.conversion_time AS "Conversion Time",
    units(c.millionths) AS "Attributed Credit", money(c.minor) AS "Conversion Value",
    CASE WHEN c.minor IS NOT NULL THEN p.currency END AS "Conversion Currency"
FROM activation_google_ads AS c
CROSS JOIN activation_settings AS a
CROSS JOIN report_period AS p
INNER JOIN activation_times AS t ON t.sent_second = c.sent_second
WHERE c.reason IS NULL
ORDER BY c.sent_second, c.google_click_id
