-- opportunity_types: one row per opportunity type, with its position in reports, from 0.
CREATE OR REPLACE TABLE opportunity_types AS
SELECT UNNEST(types.names) AS opportunity_type, CAST(GENERATE_SUBSCRIPTS(types.names, 1) - 1 AS INTEGER) AS position
FROM (SELECT CAST(? AS VARCHAR[]) AS names) AS types
