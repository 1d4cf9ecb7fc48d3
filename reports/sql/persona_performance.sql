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
SELECT
    'period' AS basis,
    report_period.period_start,
    report_period.period_end,
    places.opportunity_type,
    models.model,
    report_period.currency,
    CASE places.persona_key WHEN -1 THEN '(unattributed)' ELSE COALESCE(personas.persona, '(all)') END AS persona,
    COALESCE(standings.stage, '(all)') AS stage,
    places.persons,
    places.touches,
    places.assets,
    CASE WHEN tracked.leads THEN units(places.leads) END AS leads,
    CASE WHEN tracked.mqls THEN units(places.mqls) END AS mqls,
    CASE WHEN tracked.sqls THEN units(places.sqls) END AS sqls,
    units(places.opportunities) AS opportunities,
    units(places.won) AS won,
    money(places.pipeline) AS pipeline,
    money(places.open_pipeline) AS open_pipeline,
    money(places.revenue) AS revenue,
    CAST(places.influenced_opportunities AS BIGINT) AS influenced_opportunities,
    CAST(places.influenced_won AS BIGINT) AS influenced_won,
    money(places.influenced_pipeline) AS influenced_pipeline,
    money(places.influenced_open_pipeline) AS influenced_open_pipeline,
    money(places.influenced_revenue) AS influenced_revenue
FROM touch_performance AS places
CROSS JOIN report_period
CROSS JOIN (
    SELECT
        BOOL_OR(measure = 'leads' AND is_tracked) AS leads, BOOL_OR(measure = 'mqls' AND is_tracked) AS mqls,
        BOOL_OR(measure = 'sqls' AND is_tracked) AS sqls
    FROM performance_measures
) AS tracked
INNER JOIN models ON models.position = 0
INNER JOIN opportunity_types AS types ON types.opportunity_type = places.opportunity_type
LEFT JOIN personas ON personas.persona_key = places.persona_key
LEFT JOIN standings ON standings.stage_key = places.stage_key
WHERE places.asset_key IS NULL
ORDER BY
    types.position, places.persona_key IS NOT NULL, places.persona_key,
    places.stage_key IS NOT NULL, places.stage_key
