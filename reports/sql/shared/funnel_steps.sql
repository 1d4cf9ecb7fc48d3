-- funnel_steps: one row per row of funnel_volumes or funnel_dimension_volumes, and later stage: what the
-- reports funnel and funnel_dimensions show, in the order of their columns. The last stage has a row
-- without a later one. Rows of funnel have a channel_key (NULL: all channels) and a month (NULL: all),
-- and no dimension; the others have a dimension, a value_key and a quarter (NULL: all). To a stage that
-- nobody ever entered there is no rate.
CREATE TABLE funnel_steps AS
WITH volumes AS (
    SELECT * FROM funnel_volumes
    UNION ALL BY NAME
    SELECT * FROM funnel_dimension_volumes
),
rates AS (
    SELECT * FROM funnel_rates
    UNION ALL BY NAME
    SELECT * FROM funnel_dimension_rates
)
SELECT
    volumes.opportunity_type, volumes.month, volumes.channel_key, volumes.dimension, volumes.quarter, volumes.value_key,
    volumes.position, to_stages.position AS to_position,
    from_stages.stage AS from_stage,
    to_stages.stage AS to_stage,
    from_stages.unit AS from_unit,
    from_stages.owner AS from_owner,
    from_stages.exit_criteria AS from_exit_criteria,
    CAST(volumes.volume AS BIGINT) AS volume,
    CAST(volumes.skipped AS BIGINT) AS skipped,
    CAST(volumes.cohort AS BIGINT) AS cohort,
    rates.converted,
    rates.already,
    ratio(CAST(rates.converted AS HUGEINT), volumes.cohort) AS conversion_rate,
    micros(rates.wilson_low_micros) AS wilson_low,
    micros(rates.wilson_high_micros) AS wilson_high,
    CASE WHEN rates.converted IS NOT NULL THEN volumes.cohort < 30 END AS small_sample,
    CASE WHEN rates.converted IS NOT NULL THEN to_stages.within_days END AS horizon_days,
    CASE
        WHEN rates.is_final THEN 'final'
        WHEN NOT rates.is_final THEN 'immature'
        WHEN to_stages.position IS NOT NULL AND volumes.cohort > 0 THEN 'no_entries'
    END AS maturity,
    micros(rates.km_micros) AS km_rate,
    rates.km_at_risk,
    days(rates.observed_us) AS km_observed_days,
    CASE WHEN tracked.position IS NOT NULL THEN ratio(COALESCE(to_volumes.volume, 0), volumes.volume) END AS period_ratio,
    rates.velocity_n,
    days(rates.median_us) AS median_days,
    days(rates.p75_us) AS p75_days,
    days(rates.p90_us) AS p90_days,
    money(volumes.value_minor) AS value,
    CASE WHEN from_stages.unit = 'opportunity' THEN money(rates.value_minor) END AS converted_value
FROM volumes
-- One row.
INNER JOIN funnel_stages AS from_stages ON from_stages.position = volumes.position
-- One row per later stage.
LEFT JOIN funnel_stages AS to_stages ON to_stages.position > volumes.position
-- At most one row each.
LEFT JOIN tracked_stages AS tracked ON tracked.position = to_stages.position
LEFT JOIN volumes AS to_volumes
    ON to_volumes.opportunity_type = volumes.opportunity_type AND to_volumes.position = tracked.position
    AND to_volumes.month IS NOT DISTINCT FROM volumes.month AND to_volumes.channel_key IS NOT DISTINCT FROM volumes.channel_key
    AND to_volumes.dimension IS NOT DISTINCT FROM volumes.dimension AND to_volumes.quarter IS NOT DISTINCT FROM volumes.quarter
    AND to_volumes.value_key IS NOT DISTINCT FROM volumes.value_key
LEFT JOIN rates
    ON rates.opportunity_type = volumes.opportunity_type AND rates.position = volumes.position AND rates.to_position = tracked.position
    AND rates.month IS NOT DISTINCT FROM volumes.month AND rates.channel_key IS NOT DISTINCT FROM volumes.channel_key
    AND rates.dimension IS NOT DISTINCT FROM volumes.dimension AND rates.quarter IS NOT DISTINCT FROM volumes.quarter
    AND rates.value_key IS NOT DISTINCT FROM volumes.value_key
