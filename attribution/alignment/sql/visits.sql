-- visits: one row per stay of a person or an opportunity (unit) in a stage or another word. value
-- is the pipeline amount of an opportunity in minor units; it is NULL for persons.
CREATE VIEW visits AS
SELECT
    'person' AS unit, visits.person_key AS unit_key, 'new_business' AS opportunity_type, visits.place, visits.position, visits.word, visits.department,
    visits.entered_us, visits.left_us, visits.exit, visits.is_first, visits.is_first_stage, CAST(NULL AS BIGINT) AS value_minor,
    labels.segment, labels.persona
FROM person_visits AS visits
INNER JOIN person_labels AS labels ON labels.person_key = visits.person_key
UNION ALL
SELECT
    'opportunity', visits.opportunity_key, labels.opportunity_type, visits.place, visits.position, visits.word, visits.department,
    visits.entered_us, visits.left_us, visits.exit, visits.is_first, visits.is_first_stage, labels.pipeline_minor,
    labels.segment, NULL
FROM opportunity_visits AS visits
INNER JOIN opportunity_labels AS labels ON labels.opportunity_key = visits.opportunity_key
