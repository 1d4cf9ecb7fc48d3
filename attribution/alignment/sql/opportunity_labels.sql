-- opportunity_labels: one row per opportunity of the reports, which leave out reversals and the
-- opportunities of test accounts: its account with the segment, its type, whether it was won or
-- lost by as-of and when (closed_us; closed_from_us is the first microsecond of the day, where
-- there is no time), and its amount as pipeline and as revenue, in minor units (NULL: not known).
-- It was won or lost when stage_history last took it there, else at the close. A loss without
-- either has no closed_us, and is of no period.
CREATE TABLE opportunity_labels AS
WITH lost_entries AS (
    SELECT opportunity_id, MAX(entered_us) AS entered_us
    FROM (
        SELECT
            history.entity_id AS opportunity_id, EPOCH_US(history.entered_at) AS entered_us, words.is_lost,
            LAG(words.is_lost) OVER (
                PARTITION BY history.entity_id ORDER BY history.entered_at, words.stage_position NULLS LAST, history.stage, history.owner, history.reason
            ) AS was_lost
        FROM stage_history AS history
        INNER JOIN words ON words.kind = 'stage' AND words.word = history.stage
        CROSS JOIN settings
        WHERE history.entity_type = 'opportunity' AND EPOCH_US(history.entered_at) <= settings.as_of_us
    ) AS moves
    WHERE is_lost AND NOT COALESCE(was_lost, FALSE)
    GROUP BY opportunity_id
),
closes AS (
    SELECT
        facts.opportunity_key,
        CASE WHEN facts.is_won THEN 'won' ELSE 'lost' END AS outcome,
        CASE WHEN facts.is_won THEN facts.won_us ELSE COALESCE(lost.entered_us, EPOCH_US(opportunities.closed_at)) END AS closed_us,
        CASE
            WHEN facts.is_won THEN facts.won_from_us
            ELSE COALESCE(lost.entered_us, EPOCH_US(opportunities.closed_at) - opportunities.closed_at_span_us)
        END AS closed_from_us
    FROM opportunity_facts AS facts
    INNER JOIN opportunities ON opportunities.opportunity_id = facts.opportunity_id
    LEFT JOIN lost_entries AS lost ON lost.opportunity_id = facts.opportunity_id
    WHERE NOT facts.is_open
)
SELECT
    facts.opportunity_key, facts.opportunity_id, facts.opportunity_type, facts.account_id,
    facts.created_us, facts.created_from_us,
    closes.outcome, closes.closed_us, closes.closed_from_us,
    pipeline.value_minor AS pipeline_minor, revenue.value_minor AS revenue_minor,
    COALESCE(accounts.segment, '(none)') AS segment
FROM opportunity_facts AS facts
LEFT JOIN closes ON closes.opportunity_key = facts.opportunity_key AND COALESCE(closes.closed_from_us, 0) <= (SELECT as_of_us FROM settings)
LEFT JOIN conversions AS pipeline ON pipeline.opportunity_key = facts.opportunity_key AND pipeline.conversion_type = 0
LEFT JOIN conversions AS revenue ON revenue.opportunity_key = facts.opportunity_key AND revenue.conversion_type = 1
LEFT JOIN accounts ON accounts.account_id = facts.account_id
ANTI JOIN test_accounts AS tests ON tests.account_id = facts.account_id
WHERE facts.reverses_opportunity_id IS NULL
    AND (facts.created_us IS NULL OR facts.created_from_us <= (SELECT as_of_us FROM settings))
