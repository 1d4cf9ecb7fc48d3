-- grain: figure, definition, period_start, period_end, opportunity_type, currency, channel
-- Full amounts and distinct counts of the opportunities that marketing sourced, under three definitions, and influenced. An
-- opportunity counts once in each channel that applies, and once in (all): rows of channels do not add up, (all) is the distinct
-- total.
-- columns:
--   figure | text | `sourced` or `influenced`
--   definition | text | recorded_source (the CRM says so), first_touch, pre_creation (a touchpoint in the 90 days before creation) or, of influenced, any_touch
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   channel | text | a marketing channel, or `(all)`
--   opportunities | count | distinct opportunities created in the period
--   won | count | distinct opportunities won in the period
--   pipeline | money | full amount of the opportunities created in the period
--   open_pipeline | money | the part of `pipeline` that is open at as-of
--   revenue | money | full amount of the opportunities won in the period
WITH placed AS (
    SELECT
        c.conversion_key, c.conversion_type, c.opportunity_key, c.opportunity_type, c.value_minor, c.is_open, j.first_channel_key,
        CASE WHEN c.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS units
    FROM conversions AS c
    INNER JOIN journeys AS j ON j.conversion_key = c.conversion_key
    WHERE c.is_counted AND c.anchor_in_period AND c.opportunity_key IS NOT NULL
),
roles AS (
    SELECT DISTINCT opportunity_id FROM opportunity_contacts
),
-- Of opportunities that name no campaign, the persons with roles or, where there are none, those who served the account at some time from
-- the look-back to the creation.
opportunity_people AS (
    SELECT o.opportunity_key, p.person_key
    FROM opportunity_contacts AS r
    INNER JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id AND o.primary_campaign_id IS NULL
    INNER JOIN node_persons AS p ON p.id = r.contact_id AND p.kind = 0
    UNION
    SELECT o.opportunity_key, p.person_key
    FROM opportunity_facts AS o
    CROSS JOIN settings AS g
    LEFT JOIN roles AS r ON r.opportunity_id = o.opportunity_id
    INNER JOIN account_people AS p ON p.account_id = o.account_id
    WHERE o.primary_campaign_id IS NULL AND r.opportunity_id IS NULL AND p.from_us <= o.created_us AND p.until_us >= o.created_us - g.lookback_us
),
lead_sources AS (
    SELECT
        o.opportunity_key, l.source,
        ROW_NUMBER() OVER (PARTITION BY o.opportunity_key ORDER BY l.created_at, l.lead_id) AS choice
    FROM opportunity_people AS o
    INNER JOIN node_persons AS p ON p.person_key = o.person_key AND p.kind = 1
    INNER JOIN leads AS l ON l.lead_id = p.id
    WHERE l.source IS NOT NULL
),
recorded AS (
    SELECT
        o.opportunity_key,
        CASE
            WHEN o.primary_campaign_id IS NOT NULL THEN COALESCE(k.channel_key, 0)
            WHEN s.source IS NOT NULL THEN COALESCE(h.channel_key, 0)
        END AS channel_key
    FROM opportunity_facts AS o
    LEFT JOIN campaign_keys AS k ON k.campaign_id = o.primary_campaign_id
    LEFT JOIN lead_sources AS s ON s.opportunity_key = o.opportunity_key AND s.choice = 1
    LEFT JOIN channels AS h ON h.channel = s.source
),
claims AS (
    SELECT 'sourced' AS figure, 'recorded_source' AS definition, p.conversion_key, r.channel_key
    FROM placed AS p
    INNER JOIN recorded AS r ON r.opportunity_key = p.opportunity_key
    WHERE r.channel_key IS NOT NULL
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
marketing AS (
    SELECT c.figure, c.definition, c.conversion_key, h.channel
    FROM claims AS c
    INNER JOIN channels AS h ON h.channel_key = c.channel_key
    WHERE NOT h.is_sales
),
rows_claimed AS (
    SELECT figure, definition, conversion_key, channel, 0 AS is_total FROM marketing
    UNION ALL
    SELECT DISTINCT figure, definition, conversion_key, '(all)', 1 FROM marketing
)
SELECT
    r.figure,
    r.definition,
    report_period.period_start,
    report_period.period_end,
    p.opportunity_type,
    report_period.currency,
    r.channel,
    CAST(SUM(CASE WHEN p.conversion_type = 0 THEN p.units ELSE 0 END) AS BIGINT) AS opportunities,
    CAST(SUM(CASE WHEN p.conversion_type = 1 THEN p.units ELSE 0 END) AS BIGINT) AS won,
    money(COALESCE(SUM(CASE WHEN p.conversion_type = 0 THEN CAST(p.value_minor AS HUGEINT) END), 0)) AS pipeline,
    money(COALESCE(SUM(CASE WHEN p.conversion_type = 0 AND p.is_open THEN CAST(p.value_minor AS HUGEINT) END), 0)) AS open_pipeline,
    money(COALESCE(SUM(CASE WHEN p.conversion_type = 1 THEN CAST(p.value_minor AS HUGEINT) END), 0)) AS revenue
FROM rows_claimed AS r
INNER JOIN placed AS p ON p.conversion_key = r.conversion_key
CROSS JOIN report_period
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = p.opportunity_type
GROUP BY r.figure, r.definition, report_period.period_start, report_period.period_end, p.opportunity_type, opportunity_types.position, report_period.currency, r.channel, r.is_total
ORDER BY r.figure DESC, r.definition, opportunity_types.position, r.is_total DESC, r.channel
