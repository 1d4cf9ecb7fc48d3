-- grain: unit, opportunity_type, stage
-- Where people and open opportunities stand at as-of, and to which department the stage or word
-- belongs. `(nobody)` has the words that the vocabulary does not know: agree on an owner for them.
-- shows: unit, opportunity_type, stage, department, standing, without_owner, oldest_days, value,
--   oldest_entered_at, exit_criteria
-- bar: standing
-- columns:
--   unit | text | `person` or `opportunity`
--   opportunity_type | text | the type; people are `new_business`
--   stage | text | the stage, or another word of the history
--   department | text | `marketing`, `sales` or `(nobody)`
--   exit_criteria | text | the exit criteria of the stage, as configured
--   standing | units | people or open opportunities that stand there
--   without_owner | units | of these, those whose owner nobody named: neither a row of the history
--     nor the newest lead or, of opportunities, the opportunity
--   oldest_entered_at | time | when the one that has stood there longest came, in UTC
--   oldest_days | days | how long that is
--   value | money | amounts of the opportunities. Empty of people
WITH named AS (
    SELECT DISTINCT person_key
    FROM person_history
    WHERE owner IS NOT NULL
),
standing AS (
    SELECT
        visits.unit, visits.opportunity_type, visits.word, visits.position, visits.department, visits.entered_us, visits.value_minor,
        named.person_key IS NULL AND people.lead_owner = '(no owner)' AS has_no_owner
    FROM visits
    INNER JOIN person_labels AS people ON people.person_key = visits.unit_key
    LEFT JOIN named ON named.person_key = visits.unit_key
    WHERE visits.unit = 'person' AND visits.left_us IS NULL
    UNION ALL
    SELECT
        visits.unit, visits.opportunity_type, visits.word, visits.position, visits.department, visits.entered_us, visits.value_minor,
        opportunities.owner IS NULL
    FROM visits
    INNER JOIN opportunity_labels AS labels ON labels.opportunity_key = visits.unit_key
    INNER JOIN opportunities ON opportunities.opportunity_id = labels.opportunity_id
    WHERE visits.unit = 'opportunity' AND visits.left_us IS NULL
)
SELECT
    standing.unit, standing.opportunity_type, standing.word AS stage, MIN(standing.department) AS department, MIN(stages.exit_criteria) AS exit_criteria,
    COUNT(*) AS standing,
    COUNT(*) FILTER (WHERE standing.has_no_owner) AS without_owner,
    MAKE_TIMESTAMP(MIN(standing.entered_us)) AS oldest_entered_at,
    days(MAX(settings.as_of_us - standing.entered_us)) AS oldest_days,
    CASE WHEN standing.unit = 'opportunity' THEN money(COALESCE(SUM(standing.value_minor), 0)) END AS value
FROM standing
CROSS JOIN settings
INNER JOIN opportunity_types AS types ON types.opportunity_type = standing.opportunity_type
LEFT JOIN funnel_stages AS stages ON stages.position = standing.position
GROUP BY standing.unit, standing.opportunity_type, standing.word
ORDER BY MIN(types.position), standing.unit DESC, MIN(standing.position) NULLS LAST, standing.word
