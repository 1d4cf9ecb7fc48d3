-- grain: basis, period_start, period_end, opportunity_type, model, currency, asset, persona, stage
-- Which content was touched by whom, and at which stage: persons, the credit of the primary model,
-- and the opportunities that it influenced. Each asset has a row over all personas and stages, one
-- by stage for every stage of people (an empty one shows at which stage nobody is reached), and one
-- by persona that it reached. Sum rows of one kind, never across kinds. Credit over the rows of all
-- assets, `(none)` and `(unattributed)` is the total of the reconciliation.
-- shows: asset, persona, stage, persons, touches, leads, revenue, pipeline, opportunities, won,
--   influenced_opportunities, influenced_pipeline, influenced_won, influenced_revenue
-- default: opportunity_type = new_business, persona = (all), stage = (all)
-- bar: revenue
-- columns:
--   basis | text | always `period`: credit of the conversions of the reporting period
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the primary model
--   currency | text | the reporting currency
--   asset | text | the asset of the touchpoints, as written. `(none)`: they name none. `(other)`: the
--     rest, if there are more than 10,000: those with the most touchpoints are told apart. `(all)`:
--     over all assets. `(unattributed)`: credit that no touchpoint earned
--   persona | text | the persona of the person of the touchpoints: that of the contact or, of
--     several with one, of the contact created last. `(none)`: no contact has one. `(all)`: over all
--   stage | text | where the person stood at the touchpoint: its last entry to a stage, or to another
--     word of `stage_history`, at or before it. `(before lead)`: it had none. `(all)`: over all
--   persons | persons | persons with a touchpoint that counts, in the period and in this place, each
--     once. They do not add up: a person can be in several rows. On the `new_business` rows; empty
--     for other types
--   touches | touchpoints | touchpoints of these persons that count, in the period
--   <touch_performance>
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    places.opportunity_type,
    models.model,
    report_period.currency,
    CASE places.asset_key WHEN -1 THEN '(unattributed)' ELSE COALESCE(assets.asset, '(all)') END AS asset,
    COALESCE(personas.persona, '(all)') AS persona,
    COALESCE(standings.stage, '(all)') AS stage,
    places.* EXCLUDE (opportunity_type, asset_key, persona_key, stage_key, assets)
FROM touch_performance AS places
CROSS JOIN report_period
-- One row each: the primary model, and the place of the type.
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types AS types ON types.opportunity_type = places.opportunity_type
-- At most one row each: none, where all are together.
LEFT JOIN assets ON assets.asset_key = places.asset_key
LEFT JOIN personas ON personas.persona_key = places.persona_key
LEFT JOIN standings ON standings.stage_key = places.stage_key
WHERE places.asset_key IS NOT NULL OR (places.persona_key IS NULL AND places.stage_key IS NULL)
ORDER BY
    types.position, places.asset_key IS NOT NULL, places.asset_key, places.persona_key IS NOT NULL, places.persona_key,
    places.stage_key IS NOT NULL, places.stage_key
