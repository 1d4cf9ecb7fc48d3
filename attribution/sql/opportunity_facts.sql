-- opportunity_facts: one row per opportunity: its dense key, its type, whether and when it was won,
-- whether it is open at as-of, and the opportunity whose journey it uses (its own; for a reversal,
-- that of the reversed opportunity). A win has the date at which stage_history last moved the
-- opportunity into the won stages from outside of them or, without such a row, the date of
-- closed_at. Of dates without a time, created_from_us and created_us, and won_from_us and
-- won_until_us, are the bounds of the day. created_us is NULL if the creation is not known.
CREATE TABLE opportunity_facts AS
WITH won_entries AS (
    SELECT
        opportunity_id, entered_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY opportunity_id ORDER BY entered_us DESC, until_us DESC) AS choice
    FROM stage_moves
    WHERE opportunity_id IS NOT NULL AND enters_won
),
read AS (
    SELECT
        o.opportunity_id, o.account_id, o.amount_minor, o.currency, o.primary_campaign_id, o.reverses_opportunity_id,
        EPOCH_US(o.created_at) AS created_us,
        EPOCH_US(o.created_at) - o.created_at_span_us AS created_from_us,
        EPOCH_US(o.closed_at) AS closed_us,
        EPOCH_US(o.closed_at) - o.closed_at_span_us AS closed_from_us,
        w.entered_us AS won_entry_us,
        w.until_us AS won_entry_until_us,
        COALESCE(o.is_won, s.is_won) AS is_won,
        COALESCE(o.is_closed, s.is_lost) AS is_closed,
        COALESCE(t.opportunity_type, 'new_business') AS opportunity_type
    FROM opportunities AS o
    INNER JOIN words AS s ON s.kind = 'stage' AND s.word = o.stage
    LEFT JOIN words AS t ON t.kind = 'opportunity_type' AND t.word = o.opportunity_type
    LEFT JOIN won_entries AS w ON w.opportunity_id = o.opportunity_id AND w.choice = 1
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY r.opportunity_id) - 1 AS BIGINT) AS opportunity_key,
    r.opportunity_id, r.account_id, r.amount_minor, r.currency, r.primary_campaign_id, r.reverses_opportunity_id,
    r.created_us, r.created_from_us, r.opportunity_type, r.is_won,
    COALESCE(r.won_entry_us, r.closed_us) AS won_us,
    COALESCE(r.won_entry_us, r.closed_from_us) AS won_from_us,
    COALESCE(r.won_entry_until_us, r.closed_us) AS won_until_us,
    NOT (
        (r.is_won AND COALESCE(r.won_entry_us, r.closed_from_us, g.as_of_us) <= g.as_of_us)
        OR (r.is_closed AND NOT r.is_won AND COALESCE(r.closed_from_us, g.as_of_us) <= g.as_of_us)
    ) AS is_open
FROM read AS r
CROSS JOIN settings AS g
