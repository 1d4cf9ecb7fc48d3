-- grain: basis, period_start, period_end, opportunity_type, model, currency, persona, stage
-- Which personas were reached, and at which stage, with how much content: the matrix of persona and
-- stage. Every persona of a contact has a row for every stage of people: a row without persons or
-- assets shows what is missing for whom. Sum rows of one kind, never across kinds. Credit over the
-- rows of all personas, `(none)` and `(unattributed)` is the total of the reconciliation.
-- shows: persona, stage, persons, touches, assets, leads, revenue, pipeline, opportunities, won,
--   influenced_opportunities, influenced_pipeline, influenced_won, influenced_revenue
-- default: opportunity_type = new_business, stage = (all)
-- bar: revenue
-- columns:
--   basis | text | always `period`: credit of the conversions of the reporting period
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the primary model
--   currency | text | the reporting currency
--   persona | text | the persona of the person of the touchpoints: that of the contact or, of
--     several with one, of the contact created last. `(none)`: no contact has one. `(all)`: over all
--     personas. `(unattributed)`: credit that no touchpoint earned
--   stage | text | where the person stood at the touchpoint: its last entry to a stage, or to another
--     word of `stage_history`, at or before it. `(before lead)`: it had none. `(all)`: over all
--   persons | persons | persons with a touchpoint that counts, in the period and in this place, each
--     once. They do not add up: a person can be in several rows. On the `new_business` rows; empty
--     for other types
--   touches | touchpoints | touchpoints of these persons that count, in the period
--   assets | assets | distinct assets that these touchpoints name. 0: no content for this persona here
--   <touch_performance>
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    places.opportunity_type,
    models.model,
    report_period.currency,
    CASE places.persona_key WHEN -1 THEN '(unattributed)' ELSE COALESCE(personas.persona, '(all)') END AS persona,
    COALESCE(standings.stage, '(all)') AS stage,
    places.* EXCLUDE (opportunity_type, asset_key, persona_key, stage_key)
FROM touch_performance AS places
CROSS JOIN report_period
-- One row each: the primary model, and the place of the type.
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types AS types ON types.opportunity_type = places.opportunity_type
-- At most one row each: none, where all are together.
LEFT JOIN personas ON personas.persona_key = places.persona_key
LEFT JOIN standings ON standings.stage_key = places.stage_key
WHERE places.asset_key IS NULL
ORDER BY
    types.position, places.persona_key IS NOT NULL, places.persona_key,
    places.stage_key IS NOT NULL, places.stage_key
