-- delivery_windows: one row per delivery: an entry of a person to the stage that hands it over. The
-- window runs to the next delivery of the person, or to as-of. The outcome is the first of these in
-- the window: a row of the history that accepts, rejects or recycles, an entry to a later stage of
-- persons, or the creation of an opportunity in which the person has a role. The last two are
-- implied acceptances without a reason. At one instant, a row of the history comes before a
-- creation.
CREATE TABLE delivery_windows AS
WITH delivered AS (
    SELECT
        history.person_key, history.place, history.at_us AS delivered_us, history.from_us, history.until_us,
        LEAD(history.place) OVER (PARTITION BY history.person_key ORDER BY history.place) AS next_place,
        LEAD(history.at_us) OVER (PARTITION BY history.person_key ORDER BY history.place) AS next_us
    FROM person_history AS history
    INNER JOIN handoff_settings AS handoff ON handoff.delivered_position = history.position
    WHERE NOT history.is_edit
),
windows AS (
    SELECT
        CAST(ROW_NUMBER() OVER (ORDER BY delivered.person_key, delivered.place) AS BIGINT) AS delivery_key,
        delivered.*, COALESCE(delivered.next_us, settings.as_of_us) AS window_end_us,
        ROW_NUMBER() OVER (PARTITION BY delivered.person_key ORDER BY delivered.place) AS delivery_number
    FROM delivered
    CROSS JOIN settings
),
outcomes AS (
    SELECT
        windows.delivery_key, history.at_us AS outcome_us, history.place,
        COALESCE(history.handoff_outcome, 'accepted') AS outcome,
        history.handoff_outcome IS NULL AS is_implied,
        CASE WHEN history.handoff_outcome IS NOT NULL THEN history.reason END AS reason
    FROM windows
    CROSS JOIN handoff_settings AS handoff
    INNER JOIN person_history AS history
        ON history.person_key = windows.person_key AND history.place > windows.place AND (windows.next_place IS NULL OR history.place < windows.next_place)
    WHERE history.handoff_outcome IS NOT NULL OR (history.is_person_stage AND NOT history.is_edit AND history.position > handoff.delivered_position)
    UNION ALL
    SELECT windows.delivery_key, GREATEST(opportunities.created_us, windows.delivered_us), NULL, 'accepted', TRUE, NULL
    FROM windows
    INNER JOIN person_opportunities AS opportunities ON opportunities.person_key = windows.person_key
    WHERE opportunities.created_us >= windows.from_us
        AND (windows.next_us IS NULL OR opportunities.created_us < windows.next_us)
),
first_outcomes AS (
    SELECT
        delivery_key, outcome, outcome_us, is_implied, reason,
        ROW_NUMBER() OVER (PARTITION BY delivery_key ORDER BY outcome_us, place NULLS LAST) AS choice
    FROM outcomes
),
owners AS (
    SELECT windows.delivery_key, ARG_MIN(history.owner, history.place) AS owner, ARG_MIN(history.at_us, history.place) AS named_us
    FROM windows
    INNER JOIN person_history AS history
        ON history.person_key = windows.person_key AND history.place >= windows.place AND (windows.next_place IS NULL OR history.place < windows.next_place)
    WHERE history.owner IS NOT NULL
    GROUP BY windows.delivery_key
),
owners_before AS (
    SELECT windows.delivery_key, ARG_MAX(history.owner, history.place) AS owner
    FROM windows
    INNER JOIN person_history AS history ON history.person_key = windows.person_key AND history.place < windows.place
    WHERE history.owner IS NOT NULL
    GROUP BY windows.delivery_key
),
named AS (
    SELECT DISTINCT person_key
    FROM person_history
    WHERE owner IS NOT NULL
),
activities_of_people AS (
    SELECT nodes.person_key, EPOCH_US(activities.occurred_at) AS at_us
    FROM activities
    INNER JOIN words ON words.kind = 'activity' AND words.word = activities.activity_type
    SEMI JOIN response_words AS responses ON responses.plain = words.plain
    INNER JOIN node_persons AS nodes
        ON nodes.id = COALESCE(activities.contact_id, activities.lead_id) AND nodes.kind = CASE WHEN activities.contact_id IS NULL THEN 1 ELSE 0 END
    CROSS JOIN settings
    WHERE EPOCH_US(activities.occurred_at) <= settings.as_of_us
),
responses AS (
    SELECT
        windows.delivery_key,
        MIN(activity.at_us) FILTER (WHERE activity.at_us >= windows.delivered_us AND (windows.next_us IS NULL OR activity.at_us < windows.next_us)) AS response_us,
        COALESCE(BOOL_OR(activity.at_us < windows.from_us), FALSE) AS has_earlier
    FROM windows
    INNER JOIN activities_of_people AS activity ON activity.person_key = windows.person_key
    GROUP BY windows.delivery_key
)
SELECT
    windows.delivery_key, windows.person_key, windows.place, windows.next_place, windows.delivered_us, windows.from_us, windows.until_us, windows.window_end_us,
    outcomes.outcome_us, COALESCE(outcomes.is_implied, FALSE) AS is_implied, outcomes.reason,
    COALESCE(outcomes.outcome_us - windows.delivered_us > handoff.expires_after_us, FALSE) AS is_late,
    CASE
        WHEN outcomes.outcome IS NOT NULL THEN outcomes.outcome
        WHEN windows.window_end_us - windows.delivered_us > handoff.expires_after_us THEN 'expired'
        WHEN windows.next_us IS NOT NULL THEN 'superseded'
        ELSE 'open'
    END AS outcome,
    COALESCE(owners.owner, labels.lead_owner) AS owner,
    -- An owner who was named before the delivery remains the owner from its start. So does the
    -- owner of the lead, if the history names nobody at all.
    CASE
        WHEN owners.named_us IS NOT NULL AND owners.owner IS DISTINCT FROM owners_before.owner THEN owners.named_us
        WHEN owners_before.owner IS NOT NULL OR owners.owner IS NOT NULL THEN windows.delivered_us
        WHEN named.person_key IS NULL AND labels.lead_owner <> '(no owner)' THEN windows.delivered_us
    END AS assigned_us,
    owners_before.owner IS NOT NULL OR (named.person_key IS NULL AND labels.lead_owner <> '(no owner)') AS is_owned_from_start,
    responses.response_us,
    windows.delivery_number = 1 AND COALESCE(responses.has_earlier, FALSE) AS is_too_early
FROM windows
CROSS JOIN handoff_settings AS handoff
INNER JOIN person_labels AS labels ON labels.person_key = windows.person_key
LEFT JOIN first_outcomes AS outcomes ON outcomes.delivery_key = windows.delivery_key AND outcomes.choice = 1
LEFT JOIN owners ON owners.delivery_key = windows.delivery_key
LEFT JOIN owners_before ON owners_before.delivery_key = windows.delivery_key
LEFT JOIN named ON named.person_key = windows.person_key
LEFT JOIN responses ON responses.delivery_key = windows.delivery_key
