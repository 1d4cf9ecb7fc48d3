-- grain: table, source, medium, referrer, click_id, channel_written, channel, rule, taken_from
-- Where the channel of every touchpoint comes from: each combination of what touchpoints say of
-- their origin, the channel that it went to, and the rule that decided. Then the same for the
-- channels that campaigns, costs and leads name. Combinations that no rule of `channels` knows come
-- first, those with the most revenue at the top. Without `channels` in the configuration, there are
-- no rules, and sources and media are not read.
-- shows: table, source, medium, channel_written, channel, rule, taken_from, rows, revenue,
--   referrer, click_id, spellings
-- bar: revenue
-- columns:
--   table | text | touchpoints, campaigns, costs or leads
--   source | text | the source of the touchpoints
--   medium | text | their medium
--   referrer | text | the host of their referrer
--   click_id | text | the name of their click id; `other` if only its value is given
--   channel_written | text | the channel as the row names it. For a touchpoint that names none: as
--     its campaign names it
--   channel | text | the channel in all reports
--   rule | text | the rule that decided: `channels.rules[0]` is the first one of the configuration,
--     `web.` begins a shipped one. NULL: no rule holds
--   taken_from | text | `rule`; or, if no rule holds for the row itself, `row`, `campaign` (its
--     channel, with the rule for it) or `none`
--   spellings | text | the spellings of the data that are one channel with `channel_written`, if
--     there are several
--   rows | rows | number of touchpoints, or of rows of the other tables
--   model | text | the model of `revenue`: the primary one
--   currency | text | the reporting currency
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   revenue | money | credited to these touchpoints by the model, of revenue won in the period, over
--     all opportunity types. NULL for the other tables
WITH kinds AS (
    SELECT
        named.source, named.medium, named.referrer, named.click_id,
        COALESCE(named.written, campaigns.channel) AS channel_written,
        channels.channel,
        COALESCE(named.rule, CASE WHEN named.channel IS NULL THEN names.rule END) AS rule,
        CASE
            WHEN named.rule IS NOT NULL THEN 'rule'
            WHEN named.channel IS NOT NULL THEN 'row'
            WHEN names.channel IS NOT NULL THEN 'campaign'
            ELSE 'none'
        END AS taken_from,
        CASE WHEN named.written IS NULL THEN names.spellings ELSE named.spellings END AS spellings,
        facts.touches, credited.minor
    FROM touch_kind_facts AS facts
    INNER JOIN kind_channels AS named ON named.kind_key = facts.kind_key
    INNER JOIN channels ON channels.channel_key = facts.channel_key
    LEFT JOIN campaign_keys ON campaign_keys.campaign_key = facts.campaign_key AND facts.campaign_key > 0
    LEFT JOIN campaigns ON campaigns.campaign_id = campaign_keys.campaign_id
    LEFT JOIN channel_names AS names ON names.written = campaigns.channel
    LEFT JOIN kind_revenue AS credited ON credited.kind = facts.kind
),
others AS (
    SELECT 'campaigns' AS table_name, 2 AS position, channel AS written FROM campaigns
    UNION ALL SELECT 'costs', 3, channel FROM costs
    UNION ALL SELECT 'leads', 4, source FROM leads
),
listed AS (
    SELECT
        'touchpoints' AS table_name, 1 AS position, source, medium, referrer, click_id, channel_written, channel, rule,
        taken_from, MAX(spellings) AS spellings, SUM(touches) AS rows, COALESCE(SUM(minor), 0) AS minor
    FROM kinds
    GROUP BY source, medium, referrer, click_id, channel_written, channel, rule, taken_from
    UNION ALL
    SELECT
        others.table_name, others.position, NULL, NULL, NULL, NULL, others.written, COALESCE(names.channel, '(none)'), names.rule,
        CASE WHEN names.rule IS NOT NULL THEN 'rule' WHEN names.channel IS NOT NULL THEN 'row' ELSE 'none' END,
        names.spellings, COUNT(*), NULL
    FROM others
    INNER JOIN channel_names AS names ON names.written = others.written
    GROUP BY others.table_name, others.position, others.written, names.channel, names.rule, names.spellings
)
SELECT
    listed.table_name AS "table",
    listed.source,
    listed.medium,
    listed.referrer,
    listed.click_id,
    listed.channel_written,
    listed.channel,
    listed.rule,
    listed.taken_from,
    listed.spellings,
    CAST(listed.rows AS BIGINT) AS rows,
    models.model,
    report_period.currency,
    report_period.period_start,
    report_period.period_end,
    money(listed.minor) AS revenue
FROM listed
CROSS JOIN report_period
INNER JOIN models ON models.position = 0
ORDER BY
    listed.position, listed.rule IS NOT NULL, listed.minor DESC NULLS LAST, listed.rows DESC,
    listed.source NULLS FIRST, listed.medium NULLS FIRST, listed.referrer NULLS FIRST, listed.click_id NULLS FIRST,
    listed.channel_written NULLS FIRST, listed.channel, listed.rule, listed.taken_from
