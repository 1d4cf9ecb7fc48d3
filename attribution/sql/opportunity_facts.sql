-- opportunity_facts: one row per opportunity: its dense key, type, whether and when it was won, whether it is open at
-- as-of, and the opportunity whose journey it uses (its own, but for a reversal).
CREATE TABLE opportunity_facts AS
WITH won_entries AS (
    SELECT h.entity_id, MAX({{micros "h.entered_at"}}) AS at_us
    FROM stage_history AS h
    INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage AND w.is_won
    WHERE h.entity_type = 'opportunity'
    GROUP BY h.entity_id
),
read AS (
    SELECT
        o.opportunity_id, o.account_id, o.amount_minor, o.currency, o.primary_campaign_id, o.reverses_opportunity_id,
        {{micros "o.created_at"}} AS created_us,
        {{micros "o.closed_at"}} AS closed_us,
        w.at_us AS won_entry_us,
        COALESCE(o.is_won, s.is_won) AS is_won,
        COALESCE(o.is_closed, s.is_lost) AS is_closed,
        COALESCE(t.opportunity_type, 'new_business') AS opportunity_type
    FROM opportunities AS o
    INNER JOIN words AS s ON s.kind = 'stage' AND s.word = o.stage
    LEFT JOIN words AS t ON t.kind = 'opportunity_type' AND t.word = o.opportunity_type
    LEFT JOIN won_entries AS w ON w.entity_id = o.opportunity_id
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY r.opportunity_id) - 1 AS BIGINT) AS opportunity_key,
    r.opportunity_id, r.account_id, r.amount_minor, r.currency, r.primary_campaign_id, r.reverses_opportunity_id,
    r.created_us, r.opportunity_type, r.is_won,
    COALESCE(r.won_entry_us, r.closed_us) AS won_us,
    NOT (
        (r.is_won AND COALESCE(r.won_entry_us, r.closed_us, g.as_of_us) <= g.as_of_us)
        OR (r.is_closed AND NOT r.is_won AND COALESCE(r.closed_us, g.as_of_us) <= g.as_of_us)
    ) AS is_open
FROM read AS r
CROSS JOIN settings AS g
