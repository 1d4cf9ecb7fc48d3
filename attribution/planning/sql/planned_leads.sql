-- planned_leads: one row per week and campaign in which leads are expected after as-of, and one per
-- week in which leads came that were not delivered (campaign_id is NULL), in millionths of a lead.
-- The expected leads of a campaign with both dates are spread over its days by the allocation rule.
-- Days up to as-of and days after the last week of plans are left out, as is a campaign above
-- another one with expected leads.
CREATE TABLE planned_leads AS
WITH RECURSIVE above AS (
    SELECT campaigns.campaign_id, campaigns.parent_campaign_id AS above_id
    FROM campaigns
    WHERE campaigns.expected_leads IS NOT NULL AND campaigns.parent_campaign_id IS NOT NULL
    UNION
    SELECT above.campaign_id, parents.parent_campaign_id
    FROM above
    INNER JOIN campaigns AS parents ON parents.campaign_id = above.above_id
    WHERE parents.parent_campaign_id IS NOT NULL
),
planned AS (
    SELECT
        campaigns.campaign_id, CAST(campaigns.expected_leads AS HUGEINT) * 1000000 AS millionths, campaigns.starts_on, campaigns.ends_on,
        CAST(campaigns.ends_on - campaigns.starts_on AS BIGINT) + 1 AS days,
        GREATEST(campaigns.starts_on, settings.as_of_day + 1) AS from_day,
        week.starts_on AS week_starts_on,
        week.last_week + 6 AS last_day
    FROM campaigns
    CROSS JOIN settings
    CROSS JOIN plan_settings AS week
    WHERE campaigns.expected_leads > 0 AND campaigns.starts_on <= campaigns.ends_on AND campaigns.ends_on > settings.as_of_day
        AND NOT EXISTS (SELECT 1 FROM above WHERE above.above_id = campaigns.campaign_id AND above.campaign_id <> campaigns.campaign_id)
),
weeks AS (
    SELECT
        planned.campaign_id, planned.millionths, planned.starts_on, planned.ends_on, planned.days, planned.from_day,
        UNNEST(RANGE(0, (LEAST(planned.ends_on, planned.last_day) - week_of(planned.from_day, planned.week_starts_on)) // 7 + 1)) AS nth,
        week_of(planned.from_day, planned.week_starts_on) AS first_week
    FROM planned
    WHERE planned.from_day <= planned.last_day
),
bounded AS (
    SELECT
        campaign_id, millionths, days,
        first_week + CAST(7 * nth AS INTEGER) AS week_start,
        CAST(GREATEST(first_week + CAST(7 * nth AS INTEGER), from_day) - starts_on AS BIGINT) AS days_before,
        CAST(LEAST(first_week + CAST(7 * nth AS INTEGER) + 6, ends_on) - starts_on AS BIGINT) + 1 AS days_through
    FROM weeks
),
delivered AS (
    SELECT DISTINCT entries.person_key
    FROM person_entries AS entries
    INNER JOIN handoff_settings AS agreed ON entries.position >= agreed.delivered_position
    CROSS JOIN settings
    WHERE entries.from_us <= settings.as_of_us
    UNION
    SELECT roles.person_key
    FROM plan_roles AS roles
    INNER JOIN opportunity_facts AS opportunities ON opportunities.opportunity_key = roles.opportunity_key
    CROSS JOIN settings
    WHERE opportunities.created_from_us <= settings.as_of_us
)
SELECT
    week_start, campaign_id,
    CAST(rounded_ratio(millionths * days_through, days) - rounded_ratio(millionths * days_before, days) AS BIGINT) AS millionths
FROM bounded
UNION ALL
SELECT week_of(leads.lead_day, week.starts_on), NULL, COUNT(*) * 1000000
FROM plan_leads AS leads
CROSS JOIN plan_settings AS week
CROSS JOIN handoff_settings AS agreed
ANTI JOIN delivered ON delivered.person_key = leads.person_key
WHERE agreed.delivered_position IS NOT NULL
GROUP BY ALL
