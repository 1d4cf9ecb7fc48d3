-- One row per person or opportunity, stage of the funnel and instant at which it entered the stage.
SELECT s.position, s.stage, s.unit, p.person_id, NULL AS opportunity_id, MAKE_TIMESTAMP(e.entered_us) AS entered_at
FROM person_entries AS e
INNER JOIN funnel_stages AS s ON s.position = e.position
INNER JOIN people AS p ON p.person_key = e.person_key
UNION ALL
SELECT s.position, s.stage, s.unit, NULL, o.opportunity_id, MAKE_TIMESTAMP(e.entered_us)
FROM opportunity_entries AS e
INNER JOIN funnel_stages AS s ON s.position = e.position
INNER JOIN opportunity_facts AS o ON o.opportunity_key = e.opportunity_key
ORDER BY 1, 4, 5, 6
