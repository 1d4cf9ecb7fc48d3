-- One row of counts. The work of the large joins as an experienced person would write it by hand
-- for one generated company: the journeys of all conversions, and linear credit by channel and
-- campaign. It finds the people of an opportunity by account, knows no roles, statuses, duplicates
-- or other models, and checks nothing: it is a yardstick of time, not of meaning.
SET preserve_insertion_order = FALSE;

CREATE TEMP TABLE touch AS
SELECT contact_id, lead_id, TRY_CAST(occurred_at AS TIMESTAMPTZ) AS occurred_at, touch_id, channel, campaign_id
FROM read_parquet('{in}/touchpoints.parquet');

-- One row per contact and per lead.
CREATE TEMP TABLE person AS
SELECT contact_id AS id, contact_id AS person, account_id, created_at FROM read_parquet('{in}/contacts.parquet')
UNION ALL
SELECT lead_id, COALESCE(converted_contact_id, lead_id), account_id, created_at FROM read_parquet('{in}/leads.parquet');

CREATE TEMP TABLE person_touch AS
SELECT p.person, p.account_id, t.occurred_at, t.touch_id, t.channel, t.campaign_id
FROM touch AS t
JOIN person AS p ON p.id = COALESCE(t.contact_id, t.lead_id);

-- One row per opportunity, and one more if it was won.
CREATE TEMP TABLE opportunity_conversion AS
SELECT opportunity_id, 1 AS kind, account_id, created_at AS anchor, created_at, CAST(round(CAST(amount AS DOUBLE) * 100) AS BIGINT) AS minor
FROM read_parquet('{in}/opportunities.parquet')
UNION ALL
SELECT opportunity_id, 2, account_id, closed_at, created_at, CAST(round(CAST(amount AS DOUBLE) * 100) AS BIGINT)
FROM read_parquet('{in}/opportunities.parquet')
WHERE is_won;

-- One row per person and stage that it reached.
CREATE TEMP TABLE person_conversion AS
SELECT COALESCE(p.person, h.entity_id) AS person, h.stage, min(TRY_CAST(h.entered_at AS TIMESTAMPTZ)) AS anchor
FROM read_parquet('{in}/stage_history.parquet') AS h
LEFT JOIN person AS p ON p.id = h.entity_id
WHERE h.entity_type IN ('lead', 'contact')
GROUP BY ALL
UNION ALL
SELECT person, 'lead', min(TRY_CAST(created_at AS TIMESTAMPTZ)) FROM person GROUP BY ALL;

CREATE TEMP TABLE opportunity_credit AS
WITH journey AS (
    SELECT o.opportunity_id, o.kind, o.minor, t.channel, t.campaign_id, t.occurred_at, t.touch_id
    FROM person_touch AS t
    JOIN opportunity_conversion AS o
        ON o.account_id = t.account_id AND t.occurred_at <= o.anchor AND t.occurred_at >= o.created_at - INTERVAL 8760 HOUR
),
placed AS (
    SELECT *,
        row_number() OVER (PARTITION BY opportunity_id, kind ORDER BY occurred_at, touch_id) AS position,
        count(*) OVER (PARTITION BY opportunity_id, kind) AS touches
    FROM journey
)
SELECT kind, channel, campaign_id, count(*) AS rows_in,
    sum(round(minor * (position / touches)) - round(minor * ((position - 1) / touches))) AS linear
FROM placed
GROUP BY ALL;

CREATE TEMP TABLE person_credit AS
WITH journey AS (
    SELECT c.person, c.stage, t.channel, t.campaign_id, t.occurred_at, t.touch_id
    FROM person_touch AS t
    JOIN person_conversion AS c
        ON c.person = t.person AND t.occurred_at <= c.anchor AND t.occurred_at >= c.anchor - INTERVAL 2160 HOUR
),
placed AS (
    SELECT *,
        row_number() OVER (PARTITION BY person, stage ORDER BY occurred_at, touch_id) AS position,
        count(*) OVER (PARTITION BY person, stage) AS touches
    FROM journey
)
SELECT stage, channel, campaign_id, count(*) AS rows_in,
    sum(round(1000000 * (position / touches)) - round(1000000 * ((position - 1) / touches))) AS linear
FROM placed
GROUP BY ALL;

SELECT
    (SELECT sum(rows_in) FROM opportunity_credit) + (SELECT sum(rows_in) FROM person_credit) AS journey_rows,
    (SELECT count(*) FROM person_touch), (SELECT count(*) FROM opportunity_conversion), (SELECT count(*) FROM person_conversion);
