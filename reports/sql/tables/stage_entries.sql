-- One row per person or opportunity, stage of the funnel and instant at which it entered the stage.
SELECT stages.position, stages.stage, stages.unit, people.person_id, NULL AS opportunity_id, MAKE_TIMESTAMP(entries.entered_us) AS entered_at
FROM person_entries AS entries
INNER JOIN funnel_stages AS stages ON stages.position = entries.position
INNER JOIN people ON people.person_key = entries.person_key
UNION ALL
SELECT stages.position, stages.stage, stages.unit, NULL, opportunities.opportunity_id, MAKE_TIMESTAMP(entries.entered_us)
FROM opportunity_entries AS entries
INNER JOIN funnel_stages AS stages ON stages.position = entries.position
INNER JOIN opportunity_facts AS opportunities ON opportunities.opportunity_key = entries.opportunity_key
ORDER BY 1, 4, 5, 6
