SELECT
    s.account_id,
    f.channel AS first_channel, NULLIF(fc.campaign_id, '(none)') AS first_campaign_id, s.first_touch_id, STRFTIME(MAKE_TIMESTAMP(s.first_us), '%Y-%m-%dT%H:%M:%SZ') AS first_at,
    s.first_reason,
    l.channel AS last_channel, NULLIF(lc.campaign_id, '(none)') AS last_campaign_id, s.last_touch_id, STRFTIME(MAKE_TIMESTAMP(s.last_us), '%Y-%m-%dT%H:%M:%SZ') AS last_at,
    s.last_before, COALESCE(s.first_reason, s.last_reason) AS last_reason,
    p.channel AS primary_channel, NULLIF(pc.campaign_id, '(none)') AS primary_campaign_id, a.model AS primary_model,
    t.name AS primary_conversion, money(s.primary_minor) AS primary_credit, units(s.primary_millionths) AS primary_units,
    CASE WHEN s.primary_minor IS NOT NULL THEN r.currency END AS currency, s.primary_reason
FROM activation_account_sources AS s
CROSS JOIN activation_settings AS a
CROSS JOIN report_period AS r
LEFT JOIN channels AS f ON f.channel_key = s.first_channel_key
LEFT JOIN campaign_keys AS fc ON fc.campaign_key = s.first_campaign_key
LEFT JOIN channels AS l ON l.channel_key = s.last_channel_key
LEFT JOIN campaign_keys AS lc ON lc.campaign_key = s.last_campaign_key
LEFT JOIN channels AS p ON p.channel_key = s.primary_channel_key
LEFT JOIN campaign_keys AS pc ON pc.campaign_key = s.primary_campaign_key
LEFT JOIN conversion_types AS t ON t.conversion_type = s.primary_conversion_type
ORDER BY s.account_id
