-- Grain: conversion and touch of its journey, or conversion and the reason why no touch earns (part of) it.
-- Per model the money in minor units of the reporting currency (NULL where the amount is missing) and the count credit in millionths of one conversion.
SELECT
    y.name AS conversion_type,
    c.opportunity_id,
    c.opportunity_type,
    MAKE_TIMESTAMP(c.anchor_us) AS converted_at,
    g.currency,
    c.value_minor,
    j.path,
    t.touch_id,
    MAKE_TIMESTAMP(t.occurred_us) AS occurred_at,
    CASE WHEN t.touch_key IS NULL THEN '(unattributed)' ELSE h.channel END AS channel,
    CASE WHEN t.touch_key IS NULL THEN '(unattributed)' ELSE k.campaign_id END AS campaign_id,
    s.match_method,
    r.unattributed_reason,
    {{per_model "r.NAME_minor, r.NAME_millionths"}},
    p.person_id
FROM credit_rows AS r
INNER JOIN conversions AS c ON c.conversion_key = r.conversion_key
INNER JOIN journeys AS j ON j.conversion_key = r.conversion_key
INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
CROSS JOIN report_period AS g
LEFT JOIN people AS p ON p.person_key = c.person_key
LEFT JOIN touches AS s ON s.conversion_key = r.conversion_key AND s.touch_key = r.touch_key
LEFT JOIN touch_facts AS t ON t.touch_key = r.touch_key
LEFT JOIN channels AS h ON h.channel_key = t.channel_key
LEFT JOIN campaign_keys AS k ON k.campaign_key = t.campaign_key
ORDER BY r.conversion_key, r.touch_key NULLS LAST
