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
    MAKE_TIMESTAMP(r.occurred_us) AS occurred_at,
    h.channel,
    k.campaign_id,
    r.match_method,
    r.unattributed_reason,
    {{per_model "r.NAME_minor, r.NAME_millionths"}},
    p.person_id
FROM credit_rows AS r
INNER JOIN conversions AS c ON c.conversion_key = r.conversion_key
INNER JOIN journeys AS j ON j.conversion_key = r.conversion_key
INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
CROSS JOIN report_period AS g
LEFT JOIN people AS p ON p.person_key = c.person_key
INNER JOIN channels AS h ON h.channel_key = r.channel_key
INNER JOIN campaign_keys AS k ON k.campaign_key = r.campaign_key
LEFT JOIN touch_rows AS t ON t.touch_row = r.touch_row
ORDER BY r.conversion_key, r.position NULLS LAST
