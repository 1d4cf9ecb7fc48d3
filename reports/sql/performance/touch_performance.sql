-- touch_performance: one row per opportunity type and combination of an asset, a persona and a stage
-- of the person at the touchpoint. At most two of the three are given, the others are NULL; -1 is
-- unattributed credit. New business has every combination of an asset or a persona with a stage of
-- persons, other types have those with credit. Persons, touchpoints and assets are on the rows of new
-- business. Units are in millionths, money in minor units, of the reporting period and the primary
-- model.
CREATE TABLE touch_performance AS
WITH places AS (
    SELECT asset_key, persona_key, stage_key, 'new_business' AS opportunity_type FROM touch_grid
    UNION
    SELECT asset_key, persona_key, stage_key, opportunity_type FROM touch_grid_sums
    UNION
    SELECT assets.asset_key, NULL, standings.stage_key, 'new_business'
    FROM assets
    CROSS JOIN (SELECT stage_key FROM standings WHERE is_stage UNION ALL SELECT NULL) AS standings
    UNION
    SELECT NULL, personas.persona_key, standings.stage_key, 'new_business'
    FROM personas
    CROSS JOIN (SELECT stage_key FROM standings WHERE is_stage UNION ALL SELECT NULL) AS standings
    UNION
    SELECT NULL, NULL, stage_key, 'new_business' FROM standings WHERE is_stage
    UNION
    SELECT NULL, NULL, NULL, 'new_business'
),
-- Unattributed credit has no asset, persona or stage. It has one row under each of them, and one in
-- the total.
left_over AS (
    SELECT conversion_type, opportunity_type, is_open, minor, millionths
    FROM cube
    INNER JOIN models ON models.model = cube.model AND models.position = 0
    WHERE cube.basis = 'period' AND cube.month IS NOT NULL AND cube.reason IS NOT NULL
),
sums AS (
    SELECT asset_key, persona_key, stage_key, conversion_type, opportunity_type, is_open, minor, millionths, influenced, influenced_minor
    FROM touch_grid_sums
    UNION ALL
    SELECT places.asset_key, places.persona_key, NULL, left_over.conversion_type, left_over.opportunity_type, left_over.is_open,
        left_over.minor, left_over.millionths, 0, 0
    FROM left_over
    CROSS JOIN (VALUES (-1, NULL), (NULL, -1), (NULL, NULL)) AS places(asset_key, persona_key)
),
measured AS (
    SELECT
        sums.asset_key, sums.persona_key, sums.stage_key, sums.opportunity_type,
        SUM(sums.millionths) FILTER (WHERE types.name = 'lead') AS leads,
        SUM(sums.millionths) FILTER (WHERE types.name = 'mql') AS mqls,
        SUM(sums.millionths) FILTER (WHERE types.name = 'sql') AS sqls,
        SUM(sums.millionths) FILTER (WHERE types.name = 'pipeline') AS opportunities,
        SUM(sums.millionths) FILTER (WHERE types.name = 'revenue') AS won,
        SUM(sums.minor) FILTER (WHERE types.name = 'pipeline') AS pipeline,
        SUM(sums.minor) FILTER (WHERE types.name = 'pipeline' AND sums.is_open) AS open_pipeline,
        SUM(sums.minor) FILTER (WHERE types.name = 'revenue') AS revenue,
        SUM(sums.influenced) FILTER (WHERE types.name = 'pipeline') AS influenced_opportunities,
        SUM(sums.influenced) FILTER (WHERE types.name = 'revenue') AS influenced_won,
        SUM(sums.influenced_minor) FILTER (WHERE types.name = 'pipeline') AS influenced_pipeline,
        SUM(sums.influenced_minor) FILTER (WHERE types.name = 'pipeline' AND sums.is_open) AS influenced_open_pipeline,
        SUM(sums.influenced_minor) FILTER (WHERE types.name = 'revenue') AS influenced_revenue
    FROM sums
    INNER JOIN conversion_types AS types ON types.conversion_type = sums.conversion_type
    GROUP BY sums.asset_key, sums.persona_key, sums.stage_key, sums.opportunity_type
),
all_places AS (
    SELECT asset_key, persona_key, stage_key, opportunity_type FROM places
    UNION
    SELECT asset_key, persona_key, stage_key, opportunity_type FROM measured
)
SELECT
    places.opportunity_type, places.asset_key, places.persona_key, places.stage_key,
    CASE WHEN places.opportunity_type = 'new_business' THEN COALESCE(grid.persons, 0) END AS persons,
    CASE WHEN places.opportunity_type = 'new_business' THEN COALESCE(grid.touches, 0) END AS touches,
    CASE WHEN places.opportunity_type = 'new_business' THEN COALESCE(grid.assets, 0) END AS assets,
    COALESCE(measured.leads, 0) AS leads,
    COALESCE(measured.mqls, 0) AS mqls,
    COALESCE(measured.sqls, 0) AS sqls,
    COALESCE(measured.opportunities, 0) AS opportunities,
    COALESCE(measured.won, 0) AS won,
    COALESCE(measured.pipeline, 0) AS pipeline,
    COALESCE(measured.open_pipeline, 0) AS open_pipeline,
    COALESCE(measured.revenue, 0) AS revenue,
    COALESCE(measured.influenced_opportunities, 0) AS influenced_opportunities,
    COALESCE(measured.influenced_won, 0) AS influenced_won,
    COALESCE(measured.influenced_pipeline, 0) AS influenced_pipeline,
    COALESCE(measured.influenced_open_pipeline, 0) AS influenced_open_pipeline,
    COALESCE(measured.influenced_revenue, 0) AS influenced_revenue
FROM all_places AS places
LEFT JOIN touch_grid AS grid
    ON grid.asset_key IS NOT DISTINCT FROM places.asset_key AND grid.persona_key IS NOT DISTINCT FROM places.persona_key
    AND grid.stage_key IS NOT DISTINCT FROM places.stage_key
LEFT JOIN measured
    ON measured.asset_key IS NOT DISTINCT FROM places.asset_key AND measured.persona_key IS NOT DISTINCT FROM places.persona_key
    AND measured.stage_key IS NOT DISTINCT FROM places.stage_key AND measured.opportunity_type = places.opportunity_type
