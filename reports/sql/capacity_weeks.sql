-- grain: week_start, campaign_id
-- How many leads will be handed over to sales in each week from that of as-of on, for how many sales
-- has capacity, and which campaigns bring them. Rows with the campaign_id (all) are the week, and
-- only they have a capacity; the other rows add up to them.
-- shows: week_start, campaign_id, leads, deliveries, capacity, overflow, room, status, channel
-- default: campaign_id = (all)
-- bar: deliveries
-- columns:
--   week_start | day | the first day of the week (`reporting.week_starts_on`)
--   week_end | day | its last day
--   campaign_id | text | the campaign that brings the leads. `(all)`: the whole week. `(existing
--     leads)`: leads that came before as-of and were not handed over
--   campaign_name | text | its name
--   channel | text | its own channel
--   leads | units | leads that are expected to come in this week after as-of: `expected_leads` of
--     campaigns with both dates, spread over all their days by the allocation rule. A campaign above
--     another one with a number is not counted. Of existing leads: those that came in this week and
--     were not handed over
--   deliveries | units | leads that are expected to be handed over in this week: `leads` of the week
--     that is the median time from lead to handover earlier, x the rate from lead to handover. Empty:
--     there is no such rate or time
--   capacity | units | leads that sales can work in this week: the sum over its owners. Empty: none
--     is given
--   overflow | units | `deliveries` above `capacity`, else 0
--   room | units | `capacity` above `deliveries`, else 0
--   status | text | `overflow`, `room`, `full` (both are equal), `empty` (capacity, and no
--     deliveries), `no_capacity` (none is given) or `no_rate`
WITH agreed AS (
    SELECT weeks.this_week, weeks.last_week, handoff.delivered_position
    FROM plan_settings AS weeks
    CROSS JOIN handoff_settings AS handoff
),
cohort AS (
    SELECT COUNT(*) AS leads
    FROM plan_leads AS leads
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = leads.month
),
delivered AS (
    SELECT COUNT(*) AS reached, QUANTILE_DISC(reached.own_us, 0.5) AS median_us
    FROM plan_reached AS reached
    INNER JOIN agreed ON agreed.delivered_position = reached.position
),
-- One row: the rate from lead to handover as a fraction, and after how many weeks. Where the first
-- stage is handed over, every lead is, at once.
handover AS (
    SELECT
        CASE WHEN agreed.delivered_position = 1 THEN 1 ELSE delivered.reached END AS reached,
        CASE WHEN agreed.delivered_position = 1 THEN 1 ELSE cohort.leads END AS leads,
        CASE WHEN agreed.delivered_position = 1 THEN 0 ELSE CAST(divided(delivered.median_us, 7 * 86400000000) AS INTEGER) END AS weeks
    FROM agreed
    CROSS JOIN cohort
    CROSS JOIN delivered
    WHERE agreed.delivered_position = 1 OR (cohort.leads > 0 AND delivered.median_us IS NOT NULL)
),
-- leads are the leads of the week; arriving are those that are handed over in it.
parts AS (
    SELECT week_start, campaign_id, millionths AS leads, 0 AS arriving FROM planned_leads
    UNION ALL
    SELECT planned.week_start + 7 * handover.weeks, planned.campaign_id, 0, planned.millionths
    FROM planned_leads AS planned
    CROSS JOIN handover
),
sums AS (
    SELECT parts.week_start, parts.campaign_id, SUM(parts.leads) AS leads, SUM(parts.arriving) AS arriving
    FROM parts
    INNER JOIN agreed ON parts.week_start BETWEEN agreed.this_week AND agreed.last_week
    GROUP BY parts.week_start, parts.campaign_id
),
weeks AS (
    SELECT agreed.this_week + CAST(7 * nth.nth AS INTEGER) AS week_start
    FROM agreed
    CROSS JOIN (
        SELECT GREATEST(
            COALESCE((SELECT MAX(sums.week_start) FROM sums), DATE '0001-01-01'),
            COALESCE((SELECT MAX(plan_capacity.week_start) FROM plan_capacity), DATE '0001-01-01')
        ) AS newest
    ) AS reach
    CROSS JOIN LATERAL (SELECT UNNEST(RANGE(0, GREATEST(LEAST(reach.newest, agreed.last_week) - agreed.this_week, 0) // 7 + 1)) AS nth) AS nth
),
totals AS (
    SELECT weeks.week_start, COALESCE(SUM(sums.leads), 0) AS leads, COALESCE(SUM(sums.arriving), 0) AS arriving
    FROM weeks
    LEFT JOIN sums ON sums.week_start = weeks.week_start
    GROUP BY weeks.week_start
),
expected AS (
    SELECT
        totals.week_start, totals.leads, totals.arriving,
        CASE WHEN handover.leads IS NOT NULL THEN divided(CAST(totals.arriving AS HUGEINT) * handover.reached, handover.leads) END AS deliveries,
        plan_capacity.leads * 1000000 AS capacity
    FROM totals
    LEFT JOIN handover ON TRUE
    LEFT JOIN plan_capacity ON plan_capacity.week_start = totals.week_start
),
-- The deliveries of a week, split over its campaigns by the allocation rule.
running AS (
    SELECT
        week_start, campaign_id, leads, arriving,
        SUM(arriving) OVER (PARTITION BY week_start ORDER BY campaign_id NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS through
    FROM sums
),
rows AS (
    SELECT
        week_start, 0 AS place, CAST(NULL AS VARCHAR) AS campaign_id, leads, deliveries, capacity
    FROM expected
    UNION ALL
    SELECT
        running.week_start, 1, running.campaign_id, running.leads,
        CASE
            WHEN expected.deliveries IS NULL THEN NULL
            WHEN expected.arriving = 0 THEN 0
            ELSE divided(expected.deliveries * running.through, expected.arriving)
                - divided(expected.deliveries * (running.through - running.arriving), expected.arriving)
        END,
        NULL
    FROM running
    INNER JOIN expected ON expected.week_start = running.week_start
)
SELECT
    rows.week_start,
    rows.week_start + 6 AS week_end,
    CASE WHEN rows.place = 0 THEN '(all)' ELSE COALESCE(rows.campaign_id, '(existing leads)') END AS campaign_id,
    campaigns.name AS campaign_name,
    CASE WHEN rows.campaign_id IS NOT NULL THEN COALESCE(channels.channel, '(none)') END AS channel,
    units(rows.leads) AS leads,
    units(rows.deliveries) AS deliveries,
    units(rows.capacity) AS capacity,
    CASE WHEN rows.deliveries IS NOT NULL AND rows.capacity IS NOT NULL THEN units(GREATEST(rows.deliveries - rows.capacity, 0)) END AS overflow,
    CASE WHEN rows.deliveries IS NOT NULL AND rows.capacity IS NOT NULL THEN units(GREATEST(rows.capacity - rows.deliveries, 0)) END AS room,
    CASE
        WHEN rows.place = 1 THEN NULL
        WHEN rows.deliveries IS NULL THEN 'no_rate'
        WHEN rows.capacity IS NULL THEN 'no_capacity'
        WHEN rows.deliveries > rows.capacity THEN 'overflow'
        WHEN rows.deliveries = 0 AND rows.capacity > 0 THEN 'empty'
        WHEN rows.deliveries = rows.capacity THEN 'full'
        ELSE 'room'
    END AS status
FROM rows
LEFT JOIN campaigns ON campaigns.campaign_id = rows.campaign_id
LEFT JOIN channel_names AS names ON names.written = campaigns.channel
LEFT JOIN channels ON channels.channel = names.channel
ORDER BY rows.week_start, rows.place, rows.campaign_id NULLS FIRST
