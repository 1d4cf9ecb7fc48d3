-- One row per person of the reports: the keys of its segment and persona in funnel_values.
SELECT
    labels.person_key,
    CAST(segments.value_key AS BIGINT) AS segment_key,
    CAST(personas.value_key AS BIGINT) AS persona_key
FROM person_labels AS labels
INNER JOIN funnel_values AS segments ON segments.dimension = 'segment' AND segments.value = labels.segment
INNER JOIN funnel_values AS personas ON personas.dimension = 'persona' AND personas.value = labels.persona
