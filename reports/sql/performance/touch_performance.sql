-- touch_performance: one row per opportunity type and place: an asset, a persona and a stage of the
-- person at the touch, at most two of them told apart (the others NULL); -1 is what no touchpoint
-- earned. New business has every place of an asset or a persona and a stage of persons, other types
-- those in which something is. Persons, touches and assets are on the rows of new business. Credit is
-- that of the reporting period under the primary model. The columns after the keys are those of the
-- reports, in their order.
-- columns:
--   leads | units | count credit of `lead`: how many people became a lead, as far as touchpoints of
--     this row earned it. On the `new_business` rows; 0 for other types
--   mqls | units | the same for `mql`. Empty: nobody ever entered the stage
--   sqls | units | the same for `sql`. Empty: nobody ever entered the stage
--   opportunities | units | count credit of `pipeline`: opportunities created in the period
--   won | units | count credit of `revenue`: opportunities won in the period
--   pipeline | money | credit of `pipeline`
--   open_pipeline | money | the part of `pipeline` whose opportunity is open at as-of
--   revenue | money | credit of `revenue`
--   influenced_opportunities | opportunities | opportunities created in the period with a touchpoint
--     of a marketing channel in this place, in their journey; each once, at its full amount. They do
--     not add up over rows: `(all)` is the distinct total
--   influenced_won | opportunities | the same of opportunities won in the period
--   influenced_pipeline | money | full amount of `influenced_opportunities`, minus reversals
--   influenced_open_pipeline | money | the part of `influenced_pipeline` that is open at as-of
--   influenced_revenue | money | full amount of `influenced_won`, minus reversals
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
    -- One row, of the primary model.
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
    -- One row.
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
    CASE WHEN tracked.leads THEN units(COALESCE(measured.leads, 0)) END AS leads,
    CASE WHEN tracked.mqls THEN units(COALESCE(measured.mqls, 0)) END AS mqls,
    CASE WHEN tracked.sqls THEN units(COALESCE(measured.sqls, 0)) END AS sqls,
    units(COALESCE(measured.opportunities, 0)) AS opportunities,
    units(COALESCE(measured.won, 0)) AS won,
    money(COALESCE(measured.pipeline, 0)) AS pipeline,
    money(COALESCE(measured.open_pipeline, 0)) AS open_pipeline,
    money(COALESCE(measured.revenue, 0)) AS revenue,
    CAST(COALESCE(measured.influenced_opportunities, 0) AS BIGINT) AS influenced_opportunities,
    CAST(COALESCE(measured.influenced_won, 0) AS BIGINT) AS influenced_won,
    money(COALESCE(measured.influenced_pipeline, 0)) AS influenced_pipeline,
    money(COALESCE(measured.influenced_open_pipeline, 0)) AS influenced_open_pipeline,
    money(COALESCE(measured.influenced_revenue, 0)) AS influenced_revenue
FROM all_places AS places
CROSS JOIN tracked_measures AS tracked
-- At most one row each.
LEFT JOIN touch_grid AS grid
    ON grid.asset_key IS NOT DISTINCT FROM places.asset_key AND grid.persona_key IS NOT DISTINCT FROM places.persona_key
    AND grid.stage_key IS NOT DISTINCT FROM places.stage_key
LEFT JOIN measured
    ON measured.asset_key IS NOT DISTINCT FROM places.asset_key AND measured.persona_key IS NOT DISTINCT FROM places.persona_key
    AND measured.stage_key IS NOT DISTINCT FROM places.stage_key AND measured.opportunity_type = places.opportunity_type
