-- opportunity_types: one row per type, with its position in reports, from 0, and whether its
-- journeys begin after the last win of the account. Parameters: the list of types, and the list of
-- those whose journeys do.
CREATE OR REPLACE TABLE opportunity_types AS
SELECT
    UNNEST(types.names) AS opportunity_type,
    CAST(GENERATE_SUBSCRIPTS(types.names, 1) - 1 AS INTEGER) AS position,
    LIST_CONTAINS(types.since, UNNEST(types.names)) AS since_last_win
FROM (SELECT CAST(? AS VARCHAR[]) AS names, CAST(? AS VARCHAR[]) AS since) AS types
