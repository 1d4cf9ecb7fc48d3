-- funnel_volumes: one row per opportunity type, stage, month and channel; month NULL is all months, channel_key NULL all channels.
CREATE OR REPLACE TABLE funnel_volumes AS
SELECT
    opportunity_type, position, month, channel_key,
    SUM(CASE WHEN is_recorded THEN units ELSE 0 END) AS volume,
    SUM(CASE WHEN is_recorded THEN 0 ELSE units END) AS skipped,
    SUM(units) AS cohort,
    SUM(CAST(value_minor AS HUGEINT)) AS value_minor
FROM funnel_cohorts
GROUP BY GROUPING SETS (
    (opportunity_type, position, month, channel_key), (opportunity_type, position, month),
    (opportunity_type, position, channel_key), (opportunity_type, position)
)
