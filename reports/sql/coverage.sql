-- grain: conversion_type, opportunity_type, currency, dimension, member
-- How many conversions have a journey, how it was found, and why the others have none: full counts
-- and amounts of every counted conversion up to as-of, under no model. The members of a dimension
-- add up to the total, except for match_method: there a conversion counts under every method of its
-- touchpoints.
-- shows: conversion_type, dimension, member, conversions, conversion_share, amount, amount_share,
--   touches, period_conversions, period_conversion_share
-- default: opportunity_type = new_business, dimension = attribution
-- bar: conversion_share
-- columns:
--   conversion_type | text | pipeline, revenue, or a stage of people such as lead
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   dimension | text | what the members divide: total, attribution, path, reason or match_method
--   member | text | a value of the dimension: (all); attributed or unattributed; a path of the
--     buying group; a reason for no journey; a match method
--   conversions | conversions | number of conversions, without reversals
--   conversion_share | share | `conversions` as a share of the total
--   amount | money | their full amounts, reversals with their sign. 0 for people
--   amount_share | share | `amount` as a share of the total; NULL if that is 0
--   touches | touchpoints | touchpoints of their journeys, summed over the conversions: a
--     touchpoint counts once for each. Journeys of reversals are not counted, as reversals are not.
--     For a match method: touchpoints found that way
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   period_conversions | conversions | as `conversions`, for conversions whose anchor time is in
--     the period
--   period_conversion_share | share | as `conversion_share`, for the period
--   period_amount | money | as `amount`, for the period
--   period_amount_share | share | as `amount_share`, for the period
--   period_touches | touchpoints | as `touches`, for the period
WITH facts AS (
    SELECT
        conversions.conversion_key, conversions.conversion_type, conversions.opportunity_type, journeys.path, journeys.reason, journeys.touches,
        CASE WHEN conversions.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS units,
        COALESCE(conversions.value_minor, 0) AS value_minor,
        conversions.anchor_in_period
    FROM conversions
    INNER JOIN journeys ON journeys.conversion_key = conversions.conversion_key
    WHERE conversions.is_counted
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
    UNION ALL
    SELECT conversion_key, 'account_touch', by_account_touch FROM journeys WHERE by_account_touch > 0
),
-- Conversions that differ in nothing that is a member, added up: match_method only of those in
-- methods.
alike AS (
    SELECT
        conversion_type, opportunity_type, path, reason, NULL AS match_method, anchor_in_period,
        SUM(units) AS units, SUM(value_minor) AS value_minor, SUM(touches * units) AS touches
    FROM facts
    GROUP BY conversion_type, opportunity_type, path, reason, anchor_in_period
    UNION ALL
    SELECT
        facts.conversion_type, facts.opportunity_type, NULL, NULL, methods.match_method, facts.anchor_in_period,
        SUM(facts.units), SUM(facts.value_minor), SUM(methods.touches * facts.units)
    FROM methods
    INNER JOIN facts ON facts.conversion_key = methods.conversion_key
    GROUP BY facts.conversion_type, facts.opportunity_type, methods.match_method, facts.anchor_in_period
),
dimensions AS (
    SELECT * FROM (VALUES (1, 'total'), (2, 'attribution'), (3, 'path'), (4, 'reason'), (5, 'match_method')) AS v(position, dimension)
),
placed AS (
    SELECT
        alike.conversion_type, alike.opportunity_type, dimensions.position, dimensions.dimension,
        CASE dimensions.dimension
            WHEN 'total' THEN '(all)'
            WHEN 'attribution' THEN CASE WHEN alike.reason IS NULL THEN 'attributed' ELSE 'unattributed' END
            WHEN 'path' THEN COALESCE(alike.path, '(unattributed)')
            WHEN 'reason' THEN COALESCE(alike.reason, '(attributed)')
            ELSE alike.match_method
        END AS member,
        alike.units, alike.value_minor, alike.touches, alike.anchor_in_period
    FROM alike
    INNER JOIN dimensions ON (dimensions.dimension = 'match_method') = (alike.match_method IS NOT NULL)
),
added_up AS (
    SELECT
        conversion_type, opportunity_type, position, dimension, member,
        SUM(units) AS units, SUM(value_minor) AS value_minor, SUM(touches) AS touches,
        SUM(CASE WHEN anchor_in_period THEN units ELSE 0 END) AS period_units,
        SUM(CASE WHEN anchor_in_period THEN value_minor ELSE 0 END) AS period_minor,
        SUM(CASE WHEN anchor_in_period THEN touches ELSE 0 END) AS period_touches
    FROM placed
    GROUP BY conversion_type, opportunity_type, position, dimension, member
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
    conversion_types.name AS conversion_type,
    with_totals.opportunity_type,
    report_period.currency,
    with_totals.dimension,
    with_totals.member,
    CAST(with_totals.units AS BIGINT) AS conversions,
    ratio(with_totals.units, with_totals.all_units) AS conversion_share,
    money(with_totals.value_minor) AS amount,
    ratio(with_totals.value_minor, with_totals.all_minor) AS amount_share,
    CAST(with_totals.touches AS BIGINT) AS touches,
    report_period.period_start,
    report_period.period_end,
    CAST(with_totals.period_units AS BIGINT) AS period_conversions,
    ratio(with_totals.period_units, with_totals.all_period_units) AS period_conversion_share,
    money(with_totals.period_minor) AS period_amount,
    ratio(with_totals.period_minor, with_totals.all_period_minor) AS period_amount_share,
    CAST(with_totals.period_touches AS BIGINT) AS period_touches
FROM with_totals
CROSS JOIN report_period
INNER JOIN conversion_types ON conversion_types.conversion_type = with_totals.conversion_type
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = with_totals.opportunity_type
ORDER BY with_totals.conversion_type, opportunity_types.position, with_totals.position, with_totals.member
