-- performance_measures: one row per measure of performance that adds up: what it counts of which
-- conversion type, its position, and whether its stage is tracked. A stage that nobody entered by
-- as-of is not: how many reached it is unknown, which is not 0. Leads, MQLs and SQLs are always
-- here; the further stages of people have columns at the end.
CREATE TABLE performance_measures AS
WITH entered AS (
    SELECT DISTINCT entries.position
    FROM person_entries AS entries
    CROSS JOIN settings
    WHERE entries.from_us <= settings.as_of_us
),
stages AS (
    SELECT types.name AS stage, types.conversion_type, entered.position IS NOT NULL AS is_tracked
    FROM conversion_types AS types
    INNER JOIN funnel_stages AS stages ON stages.conversion_type = types.conversion_type
    LEFT JOIN entered ON entered.position = stages.position
),
main_stages AS (
    SELECT * FROM (VALUES ('lead', 1), ('mql', 2), ('sql', 3)) AS v(stage, position)
),
of_opportunities AS (
    SELECT * FROM (VALUES
        ('opportunities', 'pipeline', 'millionths', FALSE, 4),
        ('won', 'revenue', 'millionths', FALSE, 5),
        ('pipeline', 'pipeline', 'minor', FALSE, 6),
        ('open_pipeline', 'pipeline', 'minor', TRUE, 7),
        ('revenue', 'revenue', 'minor', FALSE, 8)) AS v(measure, type_name, counts, only_open, position)
)
SELECT
    'cost' AS measure, CAST(NULL AS INTEGER) AS conversion_type, 'micros' AS counts, FALSE AS only_open, CAST(NULL AS VARCHAR) AS stage,
    TRUE AS is_tracked, FALSE AS is_further, 0 AS position
UNION ALL
SELECT 'provisional_cost', NULL, 'micros', FALSE, NULL, TRUE, FALSE, -1
UNION ALL
SELECT main_stages.stage || 's', stages.conversion_type, 'millionths', FALSE, main_stages.stage, COALESCE(stages.is_tracked, FALSE), FALSE, main_stages.position
FROM main_stages
LEFT JOIN stages ON stages.stage = main_stages.stage
UNION ALL
SELECT of_opportunities.measure, types.conversion_type, of_opportunities.counts, of_opportunities.only_open, NULL, TRUE, FALSE, of_opportunities.position
FROM of_opportunities
INNER JOIN conversion_types AS types ON types.name = of_opportunities.type_name
UNION ALL
SELECT stages.stage || 's', stages.conversion_type, 'millionths', FALSE, stages.stage, stages.is_tracked, TRUE, 9 + stages.conversion_type
FROM stages
ANTI JOIN main_stages ON main_stages.stage = stages.stage
