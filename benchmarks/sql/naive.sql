-- One row per model, channel and campaign. The formulation that comes to mind first: touches,
-- persons, accounts and opportunities joined into one wide table of text, and over it one window
-- per model. It does less than a run does: journeys of opportunities alone, six models in floating
-- point, no roles, statuses, duplicates or checks.
CREATE TEMP TABLE journey AS
SELECT
    o.opportunity_id, o.name AS opportunity_name, o.stage, o.owner AS opportunity_owner, o.opportunity_type, o.currency, o.amount,
    o.is_won, o.created_at AS opportunity_created_at, k.conversion, k.converted_at,
    a.account_id, a.name AS account_name, a.domain, a.segment, a.industry,
    p.person_id, p.email AS person_email, p.created_at AS person_created_at,
    t.touch_id, TRY_CAST(t.occurred_at AS TIMESTAMPTZ) AS occurred_at, t.channel, t.campaign_id, t.touch_type, t.asset, t.source, t.medium, t.status
FROM read_parquet('{in}/touchpoints.parquet') AS t
JOIN (
    SELECT contact_id AS person_id, account_id, email, CAST(created_at AS VARCHAR) AS created_at FROM read_parquet('{in}/contacts.parquet')
    UNION ALL
    SELECT lead_id, account_id, email, CAST(created_at AS VARCHAR) FROM read_parquet('{in}/leads.parquet')
) AS p ON p.person_id = COALESCE(t.contact_id, t.lead_id)
JOIN read_parquet('{in}/accounts.parquet') AS a ON a.account_id = p.account_id
JOIN read_parquet('{in}/opportunities.parquet') AS o ON o.account_id = a.account_id
JOIN (
    SELECT opportunity_id, 'pipeline' AS conversion, created_at AS converted_at FROM read_parquet('{in}/opportunities.parquet')
    UNION ALL
    SELECT opportunity_id, 'revenue', CAST(closed_at AS TIMESTAMPTZ) FROM read_parquet('{in}/opportunities.parquet') WHERE is_won
) AS k ON k.opportunity_id = o.opportunity_id
WHERE TRY_CAST(t.occurred_at AS TIMESTAMPTZ) BETWEEN o.created_at - INTERVAL 365 DAY AND k.converted_at;

CREATE TEMP TABLE credit AS
SELECT *,
    CASE WHEN row_number() OVER (PARTITION BY opportunity_id, conversion ORDER BY occurred_at, touch_id) = 1
        THEN amount ELSE 0 END AS first_touch,
    CASE WHEN row_number() OVER (PARTITION BY opportunity_id, conversion ORDER BY occurred_at DESC, touch_id DESC) = 1
        THEN amount ELSE 0 END AS last_touch,
    CASE WHEN row_number() OVER (PARTITION BY opportunity_id, conversion ORDER BY channel = 'Direct', occurred_at DESC, touch_id DESC) = 1
        THEN amount ELSE 0 END AS last_non_direct,
    CAST(amount AS DOUBLE) / count(*) OVER (PARTITION BY opportunity_id, conversion) AS linear,
    CAST(amount AS DOUBLE) * pow(2, -date_diff('second', occurred_at, converted_at) / 1209600.0)
        / sum(pow(2, -date_diff('second', occurred_at, converted_at) / 1209600.0)) OVER (PARTITION BY opportunity_id, conversion) AS time_decay,
    CAST(amount AS DOUBLE) * CASE
        WHEN count(*) OVER (PARTITION BY opportunity_id, conversion) = 1 THEN 1
        WHEN count(*) OVER (PARTITION BY opportunity_id, conversion) = 2 THEN 0.5
        WHEN row_number() OVER (PARTITION BY opportunity_id, conversion ORDER BY occurred_at, touch_id) = 1 THEN 0.4
        WHEN row_number() OVER (PARTITION BY opportunity_id, conversion ORDER BY occurred_at DESC, touch_id DESC) = 1 THEN 0.4
        ELSE 0.2 / (count(*) OVER (PARTITION BY opportunity_id, conversion) - 2) END AS position_based
FROM journey;

SELECT conversion, channel, campaign_id, count(*) AS journey_rows, sum(first_touch), sum(last_touch), sum(last_non_direct), sum(linear),
    sum(time_decay), sum(position_based)
FROM credit
GROUP BY conversion, channel, campaign_id;
