-- tracked_stages: one row per stage of the funnel that can have a conversion rate. If nobody ever
-- entered a stage, the number that reached it is unknown, and not 0.
CREATE OR REPLACE TABLE tracked_stages AS
WITH entered AS (
    SELECT DISTINCT entries.position
    FROM (
        SELECT position, from_us FROM person_entries
        UNION ALL
        SELECT position, from_us FROM opportunity_entries
    ) AS entries
    CROSS JOIN settings
    WHERE entries.from_us <= settings.as_of_us
)
SELECT stages.position
FROM funnel_stages AS stages
LEFT JOIN entered ON entered.position = stages.position
WHERE stages.entered_at IS NOT NULL OR entered.position IS NOT NULL
