-- grain: period_start, period_end, opportunity_type, currency, self_reported
-- What people and opportunities say brought them (self_reported_source), beside what first touch
-- and the primary model credit. A word is compared with channels and source groups without regard
-- to case, blanks, hyphens and underscores. Rows add up to all leads, opportunities and amounts of
-- the period; those without an answer are in the row (none).
-- shows: self_reported, leads, leads_same_channel, revenue, revenue_credited_channel, pipeline,
--   opportunities, won, agreement, channel, leads_without_touch, pipeline_credited_channel
-- default: opportunity_type = new_business
-- bar: revenue
-- columns:
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   self_reported | text | the answer, in its most frequent spelling, or `(none)`. Of a person: that
--     of its earliest lead that has one
--   channel | text | the channel of that name; NULL if there is none
--   source_group | text | the source group of the channel, or the group of that name; NULL if the
--     answer is neither
--   model | text | the model of the credited amounts: the primary one
--   leads | count | people who became a lead in the period
--   leads_same_channel | count | of these: the first touchpoint is in the channel
--   leads_same_group | count | of these: the first touchpoint is in the group
--   leads_other_group | count | of these: the first touchpoint is in another group
--   leads_without_touch | count | of these: no touchpoint is known
--   opportunities | count | opportunities created in the period
--   opportunities_same_channel | count | of these: the first touchpoint is in the channel
--   opportunities_same_group | count | of these: the first touchpoint is in the group
--   opportunities_other_group | count | of these: the first touchpoint is in another group
--   opportunities_without_touch | count | of these: no touchpoint is known
--   won | count | opportunities won in the period
--   pipeline | money | full amount of the opportunities created in the period
--   pipeline_first_touch_channel | money | of this: the first touchpoint is in the channel
--   pipeline_first_touch_group | money | of this: the first touchpoint is in the group
--   pipeline_credited_channel | money | of this: credited to the channel by the model
--   pipeline_credited_group | money | of this: credited to the group by the model
--   revenue | money | full amount of the opportunities won in the period
--   revenue_first_touch_channel | money | of this: the first touchpoint is in the channel
--   revenue_first_touch_group | money | of this: the first touchpoint is in the group
--   revenue_credited_channel | money | of this: credited to the channel by the model
--   revenue_credited_group | money | of this: credited to the group by the model
--   agreement | text | no_self_report: no answer. not_a_source: the answer is neither a channel nor
--     a group. agrees: of the revenue that the model credits to touchpoints or, without any, of the
--     pipeline, at least half goes to the channel or, if the answer is no channel, to the group.
--     differs: less than half. unattributed: nothing above 0 is credited to a touchpoint
WITH answers AS (
    SELECT self_reported_source AS word FROM leads WHERE self_reported_source IS NOT NULL
    UNION ALL
    SELECT self_reported_source FROM opportunities WHERE self_reported_source IS NOT NULL
),
-- An answer of only blanks and hyphens, or (none), counts as no answer.
spellings AS (
    SELECT
        words.plain, answers.word,
        ROW_NUMBER() OVER (PARTITION BY words.plain ORDER BY COUNT(*) DESC, answers.word) AS choice
    FROM answers
    INNER JOIN words ON words.kind = 'self_reported' AND words.word = answers.word
    WHERE words.plain NOT IN ('', '(none)')
    GROUP BY words.plain, answers.word
),
channel_words AS (
    SELECT channels.channel_key, channels.channel, channels.source_group, words.plain
    FROM channels
    INNER JOIN words ON words.kind = 'channel' AND words.word = channels.channel
),
named_channels AS (
    SELECT plain, MIN(channel) AS channel, MIN(source_group) AS source_group
    FROM channel_words
    WHERE channel_key > 0
    GROUP BY plain
),
sources AS (
    SELECT
        spellings.plain, spellings.word, named.channel, COALESCE(named.source_group, source_groups.source_group) AS source_group
    FROM spellings
    LEFT JOIN named_channels AS named ON named.plain = spellings.plain
    LEFT JOIN source_groups ON source_groups.plain = spellings.plain
    WHERE spellings.choice = 1
),
person_answers AS (
    SELECT
        persons.person_key, words.plain,
        ROW_NUMBER() OVER (PARTITION BY persons.person_key ORDER BY leads.created_at, leads.lead_id) AS choice
    FROM leads
    INNER JOIN node_persons AS persons ON persons.kind = 1 AND persons.id = leads.lead_id
    INNER JOIN words ON words.kind = 'self_reported' AND words.word = leads.self_reported_source
    WHERE words.plain NOT IN ('', '(none)')
),
opportunity_answers AS (
    SELECT facts.opportunity_key, words.plain
    FROM opportunity_facts AS facts
    INNER JOIN opportunities ON opportunities.opportunity_id = facts.opportunity_id
    INNER JOIN words ON words.kind = 'self_reported' AND words.word = opportunities.self_reported_source
    WHERE words.plain NOT IN ('', '(none)')
),
units AS (
    SELECT
        conversions.conversion_key, types.name AS conversion_type, conversions.opportunity_type,
        COALESCE(of_opportunities.plain, of_persons.plain) AS plain,
        COALESCE(conversions.value_minor, 0) AS minor,
        CASE WHEN conversions.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS units,
        firsts.plain AS first_plain, firsts.source_group AS first_group
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
    INNER JOIN journeys ON journeys.conversion_key = conversions.conversion_key
    LEFT JOIN opportunity_answers AS of_opportunities ON of_opportunities.opportunity_key = conversions.opportunity_key
    LEFT JOIN person_answers AS of_persons ON of_persons.person_key = conversions.person_key AND of_persons.choice = 1
    LEFT JOIN channel_words AS firsts ON firsts.channel_key = journeys.first_channel_key
    WHERE conversions.is_counted AND conversions.anchor_in_period AND types.name IN ('lead', 'pipeline', 'revenue')
),
credited AS (
    SELECT
        units.conversion_key,
        SUM(CASE WHEN of_channels.plain = units.plain THEN journey_channels.primary_minor ELSE 0 END) AS channel_minor,
        SUM(CASE WHEN of_channels.source_group = sources.source_group THEN journey_channels.primary_minor ELSE 0 END) AS group_minor,
        SUM(journey_channels.primary_minor) AS attributed_minor
    FROM units
    INNER JOIN sources ON sources.plain = units.plain
    INNER JOIN journey_channels ON journey_channels.conversion_key = units.conversion_key
    INNER JOIN channel_words AS of_channels ON of_channels.channel_key = journey_channels.channel_key
    GROUP BY units.conversion_key
),
compared AS (
    SELECT
        units.conversion_type, units.opportunity_type, units.plain, units.units, units.minor,
        sources.word, sources.channel, sources.source_group,
        COALESCE(units.first_plain = units.plain, FALSE) AS is_same_channel,
        COALESCE(units.first_group = sources.source_group, FALSE) AS is_same_group,
        COALESCE(units.first_group <> sources.source_group, FALSE) AS is_other_group,
        units.first_plain IS NULL AS is_without_touch,
        COALESCE(credited.channel_minor, 0) AS channel_minor, COALESCE(credited.group_minor, 0) AS group_minor,
        COALESCE(credited.attributed_minor, 0) AS attributed_minor
    FROM units
    LEFT JOIN sources ON sources.plain = units.plain
    LEFT JOIN credited ON credited.conversion_key = units.conversion_key
),
sums AS (
    SELECT
        opportunity_type, plain, word, channel, source_group,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'lead'), 0) AS leads,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'lead' AND is_same_channel), 0) AS leads_same_channel,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'lead' AND is_same_group), 0) AS leads_same_group,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'lead' AND is_other_group), 0) AS leads_other_group,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'lead' AND is_without_touch), 0) AS leads_without_touch,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'pipeline'), 0) AS opportunities,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'pipeline' AND is_same_channel), 0) AS opportunities_same_channel,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'pipeline' AND is_same_group), 0) AS opportunities_same_group,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'pipeline' AND is_other_group), 0) AS opportunities_other_group,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'pipeline' AND is_without_touch), 0) AS opportunities_without_touch,
        COALESCE(SUM(units) FILTER (WHERE conversion_type = 'revenue'), 0) AS won,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'pipeline'), 0) AS pipeline,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'pipeline' AND is_same_channel), 0) AS pipeline_first_touch_channel,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'pipeline' AND is_same_group), 0) AS pipeline_first_touch_group,
        COALESCE(SUM(channel_minor) FILTER (WHERE conversion_type = 'pipeline'), 0) AS pipeline_credited_channel,
        COALESCE(SUM(group_minor) FILTER (WHERE conversion_type = 'pipeline'), 0) AS pipeline_credited_group,
        COALESCE(SUM(attributed_minor) FILTER (WHERE conversion_type = 'pipeline'), 0) AS pipeline_attributed,
        COALESCE(SUM(attributed_minor) FILTER (WHERE conversion_type = 'revenue'), 0) AS revenue_attributed,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'revenue'), 0) AS revenue,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'revenue' AND is_same_channel), 0) AS revenue_first_touch_channel,
        COALESCE(SUM(minor) FILTER (WHERE conversion_type = 'revenue' AND is_same_group), 0) AS revenue_first_touch_group,
        COALESCE(SUM(channel_minor) FILTER (WHERE conversion_type = 'revenue'), 0) AS revenue_credited_channel,
        COALESCE(SUM(group_minor) FILTER (WHERE conversion_type = 'revenue'), 0) AS revenue_credited_group
    FROM compared
    GROUP BY opportunity_type, plain, word, channel, source_group
),
judged AS (
    SELECT
        *,
        CASE WHEN revenue_attributed > 0 THEN revenue_attributed ELSE pipeline_attributed END AS attributed,
        CASE
            WHEN revenue_attributed > 0 THEN CASE WHEN channel IS NULL THEN revenue_credited_group ELSE revenue_credited_channel END
            ELSE CASE WHEN channel IS NULL THEN pipeline_credited_group ELSE pipeline_credited_channel END
        END AS credited
    FROM sums
)
SELECT
    report_period.period_start,
    report_period.period_end,
    judged.opportunity_type,
    report_period.currency,
    COALESCE(judged.word, '(none)') AS self_reported,
    judged.channel,
    judged.source_group,
    models.model,
    CAST(judged.leads AS BIGINT) AS leads,
    CAST(judged.leads_same_channel AS BIGINT) AS leads_same_channel,
    CAST(judged.leads_same_group AS BIGINT) AS leads_same_group,
    CAST(judged.leads_other_group AS BIGINT) AS leads_other_group,
    CAST(judged.leads_without_touch AS BIGINT) AS leads_without_touch,
    CAST(judged.opportunities AS BIGINT) AS opportunities,
    CAST(judged.opportunities_same_channel AS BIGINT) AS opportunities_same_channel,
    CAST(judged.opportunities_same_group AS BIGINT) AS opportunities_same_group,
    CAST(judged.opportunities_other_group AS BIGINT) AS opportunities_other_group,
    CAST(judged.opportunities_without_touch AS BIGINT) AS opportunities_without_touch,
    CAST(judged.won AS BIGINT) AS won,
    money(judged.pipeline) AS pipeline,
    money(judged.pipeline_first_touch_channel) AS pipeline_first_touch_channel,
    money(judged.pipeline_first_touch_group) AS pipeline_first_touch_group,
    money(judged.pipeline_credited_channel) AS pipeline_credited_channel,
    money(judged.pipeline_credited_group) AS pipeline_credited_group,
    money(judged.revenue) AS revenue,
    money(judged.revenue_first_touch_channel) AS revenue_first_touch_channel,
    money(judged.revenue_first_touch_group) AS revenue_first_touch_group,
    money(judged.revenue_credited_channel) AS revenue_credited_channel,
    money(judged.revenue_credited_group) AS revenue_credited_group,
    CASE
        WHEN judged.plain IS NULL THEN 'no_self_report'
        WHEN judged.source_group IS NULL THEN 'not_a_source'
        WHEN judged.attributed <= 0 THEN 'unattributed'
        WHEN 2 * judged.credited >= judged.attributed THEN 'agrees'
        ELSE 'differs'
    END AS agreement
FROM judged
CROSS JOIN report_period
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types AS types ON types.opportunity_type = judged.opportunity_type
ORDER BY types.position, judged.plain IS NULL, self_reported
