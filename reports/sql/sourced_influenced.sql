-- grain: figure, definition, period_start, period_end, opportunity_type, currency, channel, source_group
-- Full amounts and distinct counts of the opportunities that marketing sourced, under three
-- definitions, and influenced; and the same for sales and every further source group, each under
-- the same definitions. An opportunity counts once in each channel that applies, and once in the
-- row (all) of each group that applies: rows of channels do not add up, (all) is the distinct total
-- of its group. Groups add up under recorded_source and first_touch, where one channel decides.
-- shows: figure, definition, source_group, channel, opportunities, won, pipeline, revenue,
--   open_pipeline
-- default: opportunity_type = new_business, channel = (all)
-- columns:
--   figure | text | `sourced` or `influenced`
--   definition | text | recorded_source (the CRM says so), first_touch, pre_creation (a touchpoint
--     in the 90 days before creation) or, of influenced, any_touch
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   channel | text | a channel of the group, or `(all)`
--   opportunities | count | distinct opportunities created in the period
--   won | count | distinct opportunities won in the period
--   pipeline | money | full amount of the opportunities created in the period
--   open_pipeline | money | the part of `pipeline` that is open at as-of
--   revenue | money | full amount of the opportunities won in the period
--   source_group | text | the group of the channel: marketing, sales, or another one of
--     `source_groups`
WITH placed AS (
    SELECT
        conversions.conversion_key, conversion_types.name AS conversion_type, conversions.opportunity_key,
        conversions.opportunity_type, conversions.value_minor, conversions.is_open, journeys.first_channel_key,
        CASE WHEN conversions.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS units
    FROM conversions
    INNER JOIN conversion_types ON conversion_types.conversion_type = conversions.conversion_type
    INNER JOIN journeys ON journeys.conversion_key = conversions.conversion_key
    WHERE conversions.is_counted AND conversions.anchor_in_period AND conversions.opportunity_key IS NOT NULL
),
recorded AS (
    SELECT
        opportunities.opportunity_key,
        CASE
            WHEN opportunities.primary_campaign_id IS NOT NULL THEN COALESCE(campaigns.channel_key, 0)
            ELSE lead_sources.channel_key
        END AS channel_key
    FROM opportunity_facts AS opportunities
    LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_id = opportunities.primary_campaign_id
    LEFT JOIN opportunity_lead_sources AS lead_sources ON lead_sources.opportunity_key = opportunities.opportunity_key
),
claims AS (
    SELECT 'sourced' AS figure, 'recorded_source' AS definition, placed.conversion_key, recorded.channel_key
    FROM placed
    INNER JOIN recorded ON recorded.opportunity_key = placed.opportunity_key
    WHERE recorded.channel_key IS NOT NULL
    UNION ALL
    SELECT 'sourced', 'first_touch', conversion_key, first_channel_key
    FROM placed
    WHERE first_channel_key IS NOT NULL
    UNION ALL
    SELECT 'sourced', 'pre_creation', conversion_key, channel_key
    FROM journey_channels
    WHERE is_before_creation
    UNION ALL
    SELECT 'influenced', 'any_touch', conversion_key, channel_key
    FROM journey_channels
),
grouped AS (
    SELECT claims.figure, claims.definition, claims.conversion_key, channels.source_group, channels.channel
    FROM claims
    INNER JOIN channels ON channels.channel_key = claims.channel_key
),
rows_claimed AS (
    SELECT figure, definition, conversion_key, source_group, channel, 0 AS is_total FROM grouped
    UNION ALL
    SELECT DISTINCT figure, definition, conversion_key, source_group, '(all)', 1 FROM grouped
)
SELECT
    rows_claimed.figure,
    rows_claimed.definition,
    report_period.period_start,
    report_period.period_end,
    placed.opportunity_type,
    report_period.currency,
    rows_claimed.channel,
    CAST(COALESCE(SUM(placed.units) FILTER (WHERE placed.conversion_type = 'pipeline'), 0) AS BIGINT) AS opportunities,
    CAST(COALESCE(SUM(placed.units) FILTER (WHERE placed.conversion_type = 'revenue'), 0) AS BIGINT) AS won,
    money(COALESCE(SUM(placed.value_minor) FILTER (WHERE placed.conversion_type = 'pipeline'), 0)) AS pipeline,
    money(COALESCE(SUM(placed.value_minor) FILTER (WHERE placed.conversion_type = 'pipeline' AND placed.is_open), 0))
        AS open_pipeline,
    money(COALESCE(SUM(placed.value_minor) FILTER (WHERE placed.conversion_type = 'revenue'), 0)) AS revenue,
    rows_claimed.source_group
FROM rows_claimed
INNER JOIN placed ON placed.conversion_key = rows_claimed.conversion_key
CROSS JOIN report_period
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = placed.opportunity_type
INNER JOIN source_groups ON source_groups.source_group = rows_claimed.source_group
GROUP BY
    rows_claimed.figure, rows_claimed.definition, report_period.period_start, report_period.period_end,
    placed.opportunity_type, opportunity_types.position, report_period.currency, rows_claimed.source_group,
    source_groups.position, rows_claimed.channel, rows_claimed.is_total
ORDER BY
    rows_claimed.figure DESC, rows_claimed.definition, opportunity_types.position, source_groups.position,
    rows_claimed.is_total DESC, rows_claimed.channel
