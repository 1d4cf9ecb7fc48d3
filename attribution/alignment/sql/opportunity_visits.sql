-- opportunity_visits: one row per stay of an opportunity in a stage: when it entered and left the
-- stage (left_us is NULL if it is still there at as-of), and where it went: forward, back, won or
-- lost. Words that are no stage are steps within a stage. An opportunity is in no stage after it
-- was won or lost for the last time. An opportunity whose loss has no date is in no stock. is_first
-- marks its first stay in this stage, is_first_stage its first stay in any stage.
CREATE TABLE opportunity_visits AS
WITH recorded AS (
    SELECT
        opportunities.opportunity_key, EPOCH_US(history.entered_at) AS at_us,
        CASE WHEN COALESCE(stages.entered_at, '') <> 'won' AND NOT words.is_won AND NOT words.is_lost THEN stages.position END AS position
    FROM stage_history AS history
    CROSS JOIN settings
    INNER JOIN opportunity_labels AS opportunities ON opportunities.opportunity_id = history.entity_id
    INNER JOIN words ON words.kind = 'stage' AND words.word = history.stage
    LEFT JOIN funnel_stages AS stages ON stages.position = words.stage_position AND stages.unit = 'opportunity'
    WHERE history.entity_type = 'opportunity' AND EPOCH_US(history.entered_at) <= settings.as_of_us
),
-- A creation that is a date without a time has the time of the first row of its day or, without
-- one, the end of the day.
created AS (
    SELECT
        opportunities.opportunity_key, LEAST(COALESCE(MIN(recorded.at_us), opportunities.created_us), settings.as_of_us) AS at_us, stages.position
    FROM opportunity_labels AS opportunities
    CROSS JOIN settings
    INNER JOIN funnel_stages AS stages ON stages.entered_at = 'created'
    LEFT JOIN recorded
        ON recorded.opportunity_key = opportunities.opportunity_key AND opportunities.created_from_us < opportunities.created_us
        AND recorded.at_us BETWEEN opportunities.created_from_us AND opportunities.created_us
    WHERE opportunities.created_us IS NOT NULL
    GROUP BY opportunities.opportunity_key, opportunities.created_us, settings.as_of_us, stages.position
),
together AS (
    SELECT opportunity_key, at_us, position, FALSE AS is_creation FROM recorded WHERE position IS NOT NULL
    UNION ALL
    SELECT opportunity_key, at_us, position, TRUE FROM created
),
rows_before_end AS (
    SELECT
        together.opportunity_key, together.at_us, together.position, together.is_creation, labels.outcome,
        CASE WHEN labels.closed_us IS NOT NULL THEN LEAST(GREATEST(labels.closed_us, together.at_us), settings.as_of_us) END AS closed_us
    FROM together
    CROSS JOIN settings
    INNER JOIN opportunity_labels AS labels ON labels.opportunity_key = together.opportunity_key
    WHERE labels.outcome IS NULL OR together.at_us <= labels.closed_us OR (together.is_creation AND labels.closed_us IS NOT NULL)
),
moves AS (
    SELECT
        opportunity_key, at_us, position, is_creation, outcome, closed_us,
        LAG(position) OVER (PARTITION BY opportunity_key ORDER BY at_us, NOT is_creation, position) AS previous
    FROM rows_before_end
),
entries AS (
    SELECT
        opportunity_key, at_us, position, outcome, closed_us,
        ROW_NUMBER() OVER by_time AS place,
        LEAD(at_us) OVER by_time AS next_us,
        LEAD(position) OVER by_time AS next_position,
        ROW_NUMBER() OVER (PARTITION BY opportunity_key, position ORDER BY at_us, NOT is_creation, position) AS stay
    FROM moves
    WHERE position IS DISTINCT FROM previous
    WINDOW by_time AS (PARTITION BY opportunity_key ORDER BY at_us, NOT is_creation, position)
)
SELECT
    entries.opportunity_key, entries.place, entries.position, stages.stage AS word, stages.owner AS department,
    entries.at_us AS entered_us,
    COALESCE(entries.next_us, entries.closed_us) AS left_us,
    CASE
        WHEN entries.next_us IS NULL THEN entries.outcome
        WHEN entries.next_position > entries.position THEN 'forward'
        ELSE 'back'
    END AS exit,
    entries.stay = 1 AS is_first,
    entries.place = 1 AS is_first_stage
FROM entries
INNER JOIN funnel_stages AS stages ON stages.position = entries.position
