-- funnel_entries: one row per unit (a person or an opportunity), stage and instant, up to as-of, at which the unit entered the
-- stage. stage_unit is the unit of the stage: a person enters the stages of opportunities with the new business in whose buying
-- group it is: of each opportunity the persons of the first step that has any.
CREATE OR REPLACE TABLE funnel_entries AS
WITH steps AS (
    SELECT opportunity_key, MIN(step) AS step
    FROM buying_groups
    GROUP BY opportunity_key
),
entries AS (
    SELECT 'person' AS unit, p.person_key AS unit_key, 'new_business' AS opportunity_type, p.position, p.entered_us
    FROM person_entries AS p
    UNION ALL
    SELECT 'opportunity', e.opportunity_key, o.opportunity_type, e.position, e.entered_us
    FROM opportunity_entries AS e
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = e.opportunity_key
    UNION ALL
    SELECT DISTINCT 'person', b.person_key, 'new_business', e.position, e.entered_us
    FROM opportunity_entries AS e
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = e.opportunity_key AND o.opportunity_type = 'new_business'
    INNER JOIN steps AS s ON s.opportunity_key = e.opportunity_key
    INNER JOIN buying_groups AS b ON b.opportunity_key = s.opportunity_key AND b.step = s.step
)
SELECT e.unit, e.unit_key, e.opportunity_type, s.unit AS stage_unit, e.position, e.entered_us
FROM entries AS e
INNER JOIN funnel_stages AS s ON s.position = e.position
CROSS JOIN settings AS g
WHERE e.entered_us <= g.as_of_us
