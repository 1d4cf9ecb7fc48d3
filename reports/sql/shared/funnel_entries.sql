-- funnel_entries: one row per unit (a person or an opportunity), stage of its own kind and instant, up to as-of, at which the unit
-- entered the stage. Of a date without a time, from_us and until_us are the bounds of the day; of any other instant both are entered_us.
CREATE OR REPLACE TABLE funnel_entries AS
WITH entries AS (
    SELECT 'person' AS unit, p.person_key AS unit_key, 'new_business' AS opportunity_type, p.position, p.entered_us, p.from_us, p.until_us
    FROM person_entries AS p
    UNION ALL
    SELECT 'opportunity', e.opportunity_key, o.opportunity_type, e.position, e.entered_us, e.from_us, e.until_us
    FROM opportunity_entries AS e
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = e.opportunity_key
)
SELECT e.unit, e.unit_key, e.opportunity_type, e.position, e.entered_us, e.from_us, e.until_us
FROM entries AS e
CROSS JOIN settings AS g
WHERE e.from_us <= g.as_of_us
