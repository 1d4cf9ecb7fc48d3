-- One row per conversion type, opportunity type, outcome and path of journeys, with the conversions of
-- the reporting period and the opportunities lost in it: what a model can be fitted on. outcome is
-- `won`, `lost` or `open` of an opportunity, and NULL of people, reversals (which count no journey) and
-- test accounts. value_minor is the full amount. channels is NULL where the journey has no
-- touchpoints, and of a path with more than 1,000 of them.
WITH named AS (
    SELECT LIST(channel ORDER BY channel_key) AS names FROM channels WHERE channel_key >= 0
),
counted AS (
    SELECT
        cases.conversion_type, cases.opportunity_type, cases.outcome, cases.path_key,
        SUM(GREATEST(cases.conversions, COALESCE(cases.lost, 0))) AS journeys,
        SUM(CASE cases.outcome WHEN 'lost' THEN cases.lost_minor ELSE cases.minor END) AS value_minor
    FROM journey_cases AS cases
    GROUP BY cases.conversion_type, cases.opportunity_type, cases.outcome, cases.path_key
)
SELECT
    types.name AS conversion_type, counted.opportunity_type, counted.outcome, paths.path_id,
    LIST_TRANSFORM(STRING_SPLIT(paths.channel_keys, ' '), LAMBDA k : named.names[CAST(k AS INTEGER) + 1]) AS channels,
    COALESCE(paths.steps, 0) AS touches,
    CAST(counted.journeys AS BIGINT) AS journeys,
    CAST(counted.value_minor AS DECIMAL(38, 0)) AS value_minor, report_period.currency
FROM counted
CROSS JOIN named
CROSS JOIN report_period
INNER JOIN conversion_types AS types ON types.conversion_type = counted.conversion_type
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = counted.opportunity_type
LEFT JOIN path_steps AS paths ON paths.path_key = counted.path_key
ORDER BY counted.conversion_type, opportunity_types.position, counted.outcome NULLS LAST, counted.path_key NULLS FIRST
