-- opportunity_closes: one row per opportunity that reverses no other, with its outcome at as-of:
-- won, lost or open. A win has the date of opportunity_facts. A loss has the date at which
-- stage_history last moved the opportunity into the lost stages from outside of them or, without
-- such a row, the date of closed_at. An opportunity that closes after as-of is open. An open
-- opportunity without a known creation, or created after as-of, is not here. Of a date without a
-- time, closed_from_us and closed_until_us are the bounds of the day; otherwise both are closed_us.
-- All three are NULL if the opportunity is open, and for a loss without a date. end_us is the
-- close, or as-of if it is open. end_until_us is the last instant at which a touchpoint can be
-- before the close, and window_from_us the first one by the look-back window and the last win of
-- the account.
CREATE TABLE opportunity_closes AS
WITH lost_entries AS (
    SELECT
        opportunity_id, entered_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY opportunity_id ORDER BY entered_us DESC, until_us DESC) AS choice
    FROM stage_moves
    WHERE opportunity_id IS NOT NULL AND enters_lost
),
dated AS (
    SELECT
        f.opportunity_key, f.created_us, f.created_from_us,
        CASE WHEN f.is_won THEN 'won' WHEN COALESCE(o.is_closed, s.is_lost) THEN 'lost' ELSE 'open' END AS outcome,
        CASE WHEN f.is_won THEN f.won_us ELSE COALESCE(l.entered_us, EPOCH_US(o.closed_at)) END AS closed_us,
        CASE WHEN f.is_won THEN f.won_from_us ELSE COALESCE(l.entered_us, EPOCH_US(o.closed_at) - o.closed_at_span_us) END AS closed_from_us,
        CASE WHEN f.is_won THEN f.won_until_us ELSE COALESCE(l.until_us, EPOCH_US(o.closed_at)) END AS closed_until_us
    FROM opportunity_facts AS f
    INNER JOIN opportunities AS o ON o.opportunity_id = f.opportunity_id
    INNER JOIN words AS s ON s.kind = 'stage' AND s.word = o.stage
    LEFT JOIN lost_entries AS l ON l.opportunity_id = f.opportunity_id AND l.choice = 1
    WHERE f.reverses_opportunity_id IS NULL
),
judged AS (
    SELECT
        d.opportunity_key, d.outcome, d.closed_us, d.closed_from_us, d.closed_until_us, d.created_us, d.created_from_us,
        d.outcome <> 'open' AND COALESCE(d.closed_from_us, g.as_of_us) <= g.as_of_us AS is_closed
    FROM dated AS d
    CROSS JOIN settings AS g
)
SELECT
    j.opportunity_key,
    CASE WHEN j.is_closed THEN j.outcome ELSE 'open' END AS outcome,
    CASE WHEN j.is_closed THEN j.closed_us END AS closed_us,
    CASE WHEN j.is_closed THEN j.closed_from_us END AS closed_from_us,
    CASE WHEN j.is_closed THEN j.closed_until_us END AS closed_until_us,
    CASE WHEN j.is_closed THEN j.closed_us ELSE g.as_of_us END AS end_us,
    CASE WHEN j.is_closed THEN j.closed_until_us ELSE g.as_of_us END AS end_until_us,
    j.created_us,
    GREATEST(COALESCE(j.created_us, j.closed_us) - g.lookback_us, COALESCE(l.last_win_us + 1, COALESCE(j.created_us, j.closed_us) - g.lookback_us)) AS window_from_us
FROM judged AS j
CROSS JOIN settings AS g
LEFT JOIN last_wins AS l ON l.opportunity_key = j.opportunity_key
WHERE j.is_closed OR j.created_from_us <= g.as_of_us
