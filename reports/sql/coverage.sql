-- Grain: conversion_type, opportunity_type, currency, dimension, member.
-- How much of the conversions has a journey, and how it was found: all of them, attributed or not, by path of the buying group, by
-- reason, by match method of the touches. Full counts and amounts of every counted conversion up to as-of, under no model; the columns
-- period_... of those in the reporting period. The members of a dimension add up to the total, but for match_method: there a conversion
-- counts under every method of its touches.
WITH facts AS (
    SELECT
        c.conversion_key, c.conversion_type, c.opportunity_type, j.path, j.reason, j.touches,
        CASE WHEN c.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS units,
        CAST(COALESCE(c.value_minor, 0) AS HUGEINT) AS value_minor,
        c.anchor_in_period
    FROM conversions AS c
    INNER JOIN journeys AS j ON j.conversion_key = c.conversion_key
    WHERE c.is_counted
),
methods AS (
    SELECT conversion_key, 'role' AS match_method, by_role AS touches FROM journeys WHERE by_role > 0
    UNION ALL
    SELECT conversion_key, 'contact_account', by_contact_account FROM journeys WHERE by_contact_account > 0
    UNION ALL
    SELECT conversion_key, 'lead_account', by_lead_account FROM journeys WHERE by_lead_account > 0
    UNION ALL
    SELECT conversion_key, 'email_domain', by_email_domain FROM journeys WHERE by_email_domain > 0
    UNION ALL
    SELECT conversion_key, 'person', by_person FROM journeys WHERE by_person > 0
),
placed AS (
    SELECT conversion_key, 1 AS position, 'total' AS dimension, '(all)' AS member, touches FROM facts
    UNION ALL
    SELECT conversion_key, 2, 'attribution', CASE WHEN reason IS NULL THEN 'attributed' ELSE 'unattributed' END, touches FROM facts
    UNION ALL
    SELECT conversion_key, 3, 'path', COALESCE(path, '(unattributed)'), touches FROM facts
    UNION ALL
    SELECT conversion_key, 4, 'reason', COALESCE(reason, '(attributed)'), touches FROM facts
    UNION ALL
    SELECT conversion_key, 5, 'match_method', match_method, touches FROM methods
),
added_up AS (
    SELECT
        f.conversion_type, f.opportunity_type, p.position, p.dimension, p.member,
        SUM(f.units) AS units, SUM(f.value_minor) AS value_minor, SUM(p.touches * f.units) AS touches,
        SUM(CASE WHEN f.anchor_in_period THEN f.units ELSE 0 END) AS period_units,
        SUM(CASE WHEN f.anchor_in_period THEN f.value_minor ELSE 0 END) AS period_minor,
        SUM(CASE WHEN f.anchor_in_period THEN p.touches * f.units ELSE 0 END) AS period_touches
    FROM placed AS p
    INNER JOIN facts AS f ON f.conversion_key = p.conversion_key
    GROUP BY f.conversion_type, f.opportunity_type, p.position, p.dimension, p.member
),
with_totals AS (
    SELECT
        conversion_type, opportunity_type, position, dimension, member, units, value_minor, touches,
        period_units, period_minor, period_touches,
        MAX(CASE WHEN dimension = 'total' THEN period_units END) OVER (PARTITION BY conversion_type, opportunity_type) AS all_period_units,
        MAX(CASE WHEN dimension = 'total' THEN period_minor END) OVER (PARTITION BY conversion_type, opportunity_type) AS all_period_minor,
        MAX(CASE WHEN dimension = 'total' THEN units END) OVER (PARTITION BY conversion_type, opportunity_type) AS all_units,
        MAX(CASE WHEN dimension = 'total' THEN value_minor END) OVER (PARTITION BY conversion_type, opportunity_type) AS all_minor
    FROM added_up
)
SELECT
    y.name AS conversion_type,
    a.opportunity_type,
    g.currency,
    a.dimension,
    a.member,
    CAST(a.units AS BIGINT) AS conversions,
    {{ratio "a.units" "a.all_units"}} AS conversion_share,
    {{money "a.value_minor"}} AS amount,
    {{ratio "a.value_minor" "a.all_minor"}} AS amount_share,
    CAST(a.touches AS BIGINT) AS touches,
    g.period_start,
    g.period_end,
    CAST(a.period_units AS BIGINT) AS period_conversions,
    {{ratio "a.period_units" "a.all_period_units"}} AS period_conversion_share,
    {{money "a.period_minor"}} AS period_amount,
    {{ratio "a.period_minor" "a.all_period_minor"}} AS period_amount_share,
    CAST(a.period_touches AS BIGINT) AS period_touches
FROM with_totals AS a
CROSS JOIN report_period AS g
INNER JOIN conversion_types AS y ON y.conversion_type = a.conversion_type
INNER JOIN opportunity_types AS t ON t.opportunity_type = a.opportunity_type
ORDER BY a.conversion_type, t.position, a.position, a.member
