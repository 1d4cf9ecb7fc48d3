-- grain: basis, period_type, period_start, period_end, opportunity_type, segment, persona, deal_size, measured_from
-- How long it takes to close an opportunity: days from its creation, from its first touchpoint and
-- from its first lead. The quantiles describe the won opportunities; those by Kaplan-Meier describe
-- the close of all, won or lost, with open ones counted for as long as they have been watched. On
-- basis `period` a row has the won opportunities that closed in the period, on basis `cohort` the
-- opportunities created in it. Rows are per dimension, with `(all)` in the others; rows of single
-- periods have `(all)` in all of them.
-- shows: period_label, measured_from, segment, persona, deal_size, won, median_days, p75_days,
--   p90_days, km_median_days, watched, closed, small_sample
-- default: basis = period, opportunity_type = new_business, persona = (all), deal_size = (all)
-- bar: median_days
-- columns:
--   basis | text | `period`: won in the period; `cohort`: created in the period
--   period_type | text | all, week, month, quarter, year, fiscal-quarter or fiscal-year
--   period_start | day | first day of the period
--   period_end | day | last day of the period
--   period_label | text | the name of the period
--   opportunity_type | text | new_business, expansion, renewal or other
--   segment | text | the segment of the account. `(none)`: no segment
--   persona | text | the persona of the primary contact. `(none)`: no primary contact or no persona
--   deal_size | text | the band of the amount (`deal_sizes`): a band has the amounts that reach its
--     lower bound. `(none)`: no amount
--   measured_from | text | `creation`; `first_touch`: the first touchpoint of the journey to the
--     close or, of open opportunities, to as-of; `lead`: when the first person of the buying group
--     became a lead. What starts after the close counts 0 days
--   won | opportunities | won opportunities whose start is known
--   median_days | days | days to the win: the smallest number that 50 % of `won` do not exceed
--   p75_days | days | the same for 75 %
--   p90_days | days | the same for 90 %
--   small_sample | true/false | `won` is below 30
--   watched | opportunities | on basis `cohort`: opportunities whose start is known
--   closed | opportunities | of `watched`, those that were won or lost by as-of
--   km_median_days | days | Kaplan-Meier: the least number of days by which 50 % of all
--     opportunities are closed, won or lost. Empty: fewer than 50 % are closed so far
--   km_p75_days | days | the same for 75 %
--   km_p90_days | days | the same for 90 %
WITH cells AS (
    SELECT DISTINCT basis, period_key, opportunity_type, segment, persona, deal_size, measured_from
    FROM cycle_times
),
sizes AS (
    SELECT deal_size, MIN(deal_size_position) AS position FROM deal_outcomes GROUP BY deal_size
)
SELECT
    cells.basis,
    periods.period_type,
    periods.period_start,
    periods.period_end,
    periods.period_label,
    cells.opportunity_type,
    cells.segment,
    cells.persona,
    cells.deal_size,
    cells.measured_from,
    COALESCE(won.events, 0) AS won,
    days(won.median_us) AS median_days,
    days(won.p75_us) AS p75_days,
    days(won.p90_us) AS p90_days,
    COALESCE(won.events, 0) < 30 AS small_sample,
    everything.n AS watched,
    everything.events AS closed,
    days(everything.km_median_us) AS km_median_days,
    days(everything.km_p75_us) AS km_p75_days,
    days(everything.km_p90_us) AS km_p90_days
FROM cells
INNER JOIN calendar_periods AS periods ON periods.period_key = cells.period_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = cells.opportunity_type
LEFT JOIN sizes ON sizes.deal_size = cells.deal_size
LEFT JOIN cycle_times AS won
    ON won.population = 'won' AND won.basis = cells.basis AND won.period_key = cells.period_key
    AND won.opportunity_type = cells.opportunity_type AND won.segment = cells.segment AND won.persona = cells.persona
    AND won.deal_size = cells.deal_size AND won.measured_from = cells.measured_from
LEFT JOIN cycle_times AS everything
    ON everything.population = 'all' AND everything.basis = cells.basis AND everything.period_key = cells.period_key
    AND everything.opportunity_type = cells.opportunity_type
    AND everything.segment = cells.segment AND everything.persona = cells.persona
    AND everything.deal_size = cells.deal_size AND everything.measured_from = cells.measured_from
ORDER BY
    cells.basis DESC, cells.period_key, types.position,
    cells.segment <> '(all)', cells.segment, cells.persona <> '(all)', cells.persona,
    cells.deal_size <> '(all)', sizes.position, cells.deal_size, cells.measured_from
