-- source_groups: one row per group, with its position in reports, from 0. Parameters: the names,
-- and the names in the form in which words are compared.
CREATE OR REPLACE TABLE source_groups AS
SELECT
    UNNEST(groups.names) AS source_group,
    UNNEST(groups.plains) AS plain,
    CAST(GENERATE_SUBSCRIPTS(groups.names, 1) - 1 AS INTEGER) AS position
FROM (SELECT CAST(? AS VARCHAR[]) AS names, CAST(? AS VARCHAR[]) AS plains) AS groups
