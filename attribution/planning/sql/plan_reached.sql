-- plan_reached: one row per stage of the funnel after the first and unit that reached it from the
-- leads of plan_cohorts within the horizon of the stage. The unit is a person, or an opportunity of
-- new business in which such a lead has a role; an opportunity counts once, with its earliest lead.
-- channel_key is the channel of the lead. own_us is the time from becoming a lead to the entry to
-- the stage itself, NULL if the unit skipped it. A person also reaches a stage by an entry to a
-- later one, and by the creation of an opportunity in which it has a role; an opportunity also by
-- an entry to a later stage other than the win. These do not count if the unit was in the stage
-- before, because it then only moves on from there.
CREATE TABLE plan_reached AS
WITH stages AS (
    SELECT position, unit, entered_at, within_days * 86400000000 AS within_us
    FROM funnel_stages
    WHERE position > 1
),
person_moves AS (
    SELECT leads.person_key, leads.lead_us, leads.lead_from_us, leads.channel_key, entries.position, entries.entered_us, entries.until_us
    FROM plan_leads AS leads
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = leads.month
    INNER JOIN person_entries AS entries ON entries.person_key = leads.person_key
    CROSS JOIN settings
    WHERE entries.from_us <= settings.as_of_us
    UNION ALL
    SELECT roles.person_key, roles.lead_us, roles.lead_from_us, roles.channel_key, 2147483647, opportunities.created_us, opportunities.created_us
    FROM plan_roles AS roles
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = roles.month
    INNER JOIN opportunity_facts AS opportunities ON opportunities.opportunity_key = roles.opportunity_key
    CROSS JOIN settings
    WHERE opportunities.created_from_us <= settings.as_of_us
),
person_stays AS (
    SELECT DISTINCT person_key, position FROM person_moves WHERE until_us < lead_from_us
),
persons AS (
    SELECT
        stages.position, moves.person_key AS unit_key, moves.person_key, moves.channel_key,
        MIN(CASE WHEN moves.position = stages.position THEN GREATEST(moves.entered_us - moves.lead_us, 0) END) AS own_us
    FROM person_moves AS moves
    INNER JOIN stages ON stages.unit = 'person' AND stages.position <= moves.position
    LEFT JOIN person_stays AS stays ON stays.person_key = moves.person_key AND stays.position = stages.position
    WHERE moves.until_us >= moves.lead_from_us AND moves.entered_us - moves.lead_us <= stages.within_us
        AND (moves.position = stages.position OR stays.person_key IS NULL)
    GROUP BY stages.position, moves.person_key, moves.channel_key
),
deal_moves AS (
    SELECT
        roles.person_key, roles.lead_us, roles.lead_from_us, roles.channel_key, roles.opportunity_key,
        entries.position, entries.entered_us, entries.until_us
    FROM plan_roles AS roles
    SEMI JOIN plan_cohorts AS cohorts ON cohorts.month = roles.month
    INNER JOIN opportunity_entries AS entries ON entries.opportunity_key = roles.opportunity_key
    CROSS JOIN settings
    WHERE entries.from_us <= settings.as_of_us
),
deal_stays AS (
    SELECT DISTINCT person_key, opportunity_key, position FROM deal_moves WHERE until_us < lead_from_us
),
deals AS (
    SELECT
        stages.position, moves.opportunity_key AS unit_key, moves.person_key, moves.lead_us, moves.channel_key,
        MIN(CASE WHEN moves.position = stages.position THEN GREATEST(moves.entered_us - moves.lead_us, 0) END) AS own_us
    FROM deal_moves AS moves
    INNER JOIN stages
        ON stages.unit = 'opportunity' AND stages.position <= moves.position
        AND (stages.entered_at IS DISTINCT FROM 'won' OR stages.position = moves.position)
    LEFT JOIN deal_stays AS stays
        ON stays.person_key = moves.person_key AND stays.opportunity_key = moves.opportunity_key AND stays.position = stages.position
    WHERE moves.until_us >= moves.lead_from_us AND moves.entered_us - moves.lead_us <= stages.within_us
        AND (moves.position = stages.position OR stays.person_key IS NULL)
    GROUP BY stages.position, moves.opportunity_key, moves.person_key, moves.lead_us, moves.channel_key
),
ranked AS (
    SELECT position, unit_key, person_key, channel_key, own_us, ROW_NUMBER() OVER (PARTITION BY position, unit_key ORDER BY lead_us, person_key) AS place
    FROM deals
)
SELECT position, unit_key, person_key, channel_key, own_us FROM persons
UNION ALL
SELECT position, unit_key, person_key, channel_key, own_us FROM ranked WHERE place = 1
