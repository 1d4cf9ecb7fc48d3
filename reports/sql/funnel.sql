-- Grain: basis, period_start, period_end, opportunity_type, currency, cohort_month, channel, from_stage, to_stage.
-- The funnel that marketing and sales agreed on: of the units that stood in a stage for the first time in a month, how many there
-- were, how many came how fast to each later stage, and what they were worth. Rows without cohort_month are all months, those with
-- channel (all) all channels; the last stage has a row without to_stage. maturity is no_entries where nobody ever entered to_stage.
-- Persons belong to the new business.
WITH entered AS (
    SELECT DISTINCT e.position
    FROM (
        SELECT position, from_us FROM person_entries
        UNION ALL
        SELECT position, from_us FROM opportunity_entries
    ) AS e
    CROSS JOIN settings AS g
    WHERE e.from_us <= g.as_of_us
),
-- Stages to which a rate can be given: where nobody ever entered one, it is not known how many reached it.
tracked AS (
    SELECT s.position
    FROM funnel_stages AS s
    LEFT JOIN entered AS e ON e.position = s.position
    WHERE s.entered_at IS NOT NULL OR e.position IS NOT NULL
),
placed AS (
    SELECT
        v.opportunity_type, v.month, v.channel_key, v.position, t.position AS to_position,
        v.volume, v.skipped, v.cohort, v.value_minor, k.position AS tracked_position,
        CASE WHEN k.position IS NOT NULL THEN COALESCE(n.volume, 0) END AS to_volume
    FROM funnel_volumes AS v
    LEFT JOIN funnel_stages AS t ON t.position > v.position
    LEFT JOIN tracked AS k ON k.position = t.position
    LEFT JOIN funnel_volumes AS n
        ON n.opportunity_type = v.opportunity_type AND n.position = t.position
        AND n.month IS NOT DISTINCT FROM v.month AND n.channel_key IS NOT DISTINCT FROM v.channel_key
)
SELECT
    'cohort' AS basis,
    g.period_start,
    g.period_end,
    p.opportunity_type,
    g.currency,
    p.month AS cohort_month,
    COALESCE(h.channel, '(all)') AS channel,
    f.stage AS from_stage,
    t.stage AS to_stage,
    f.unit AS from_unit,
    f.owner AS from_owner,
    f.exit_criteria AS from_exit_criteria,
    CAST(p.volume AS BIGINT) AS volume,
    CAST(p.skipped AS BIGINT) AS skipped,
    CAST(p.cohort AS BIGINT) AS cohort,
    r.converted,
    r.already,
    {{ratio "CAST(r.converted AS HUGEINT)" "p.cohort"}} AS conversion_rate,
    {{micros "r.wilson_low_micros"}} AS wilson_low,
    {{micros "r.wilson_high_micros"}} AS wilson_high,
    CASE WHEN r.converted IS NOT NULL THEN p.cohort < 30 END AS small_sample,
    CASE WHEN r.converted IS NOT NULL THEN t.within_days END AS horizon_days,
    CASE
        WHEN r.is_final THEN 'final'
        WHEN NOT r.is_final THEN 'immature'
        WHEN t.position IS NOT NULL AND p.cohort > 0 THEN 'no_entries'
    END AS maturity,
    {{micros "r.km_micros"}} AS km_rate,
    r.km_at_risk,
    {{days "r.observed_us"}} AS km_observed_days,
    {{ratio "p.to_volume" "p.volume"}} AS period_ratio,
    r.velocity_n,
    {{days "r.median_us"}} AS median_days,
    {{days "r.p75_us"}} AS p75_days,
    {{days "r.p90_us"}} AS p90_days,
    {{money "p.value_minor"}} AS value,
    CASE WHEN f.unit = 'opportunity' THEN {{money "r.value_minor"}} END AS converted_value
FROM placed AS p
CROSS JOIN report_period AS g
INNER JOIN funnel_stages AS f ON f.position = p.position
INNER JOIN opportunity_types AS y ON y.opportunity_type = p.opportunity_type
LEFT JOIN funnel_stages AS t ON t.position = p.to_position
LEFT JOIN channels AS h ON h.channel_key = p.channel_key
LEFT JOIN funnel_rates AS r
    ON r.opportunity_type = p.opportunity_type AND r.position = p.position AND r.to_position = p.tracked_position
    AND r.month IS NOT DISTINCT FROM p.month AND r.channel_key IS NOT DISTINCT FROM p.channel_key
ORDER BY y.position, p.month NULLS FIRST, h.channel NULLS FIRST, p.position, p.to_position NULLS LAST
