-- One row per stage of the funnel, in order: its unit, whether opportunities enter it when they are
-- created or won, the days within which a unit must reach it, and the conversion type of its
-- entries. The conversion type is 0 for stages of opportunities.
SELECT
    CAST(unit = 'opportunity' AS BIGINT) AS is_of_opportunities,
    CAST(COALESCE(entered_at = 'created', FALSE) AS BIGINT) AS is_created,
    CAST(COALESCE(entered_at = 'won', FALSE) AS BIGINT) AS is_won,
    within_days,
    CAST(COALESCE(conversion_type, 0) AS BIGINT) AS conversion_type
FROM funnel_stages
ORDER BY position
