-- Where first_touch is run, the funnel shows by channel what it credits in the period: leads,
-- opportunities and wins, and their money.
WITH stages AS (
    SELECT stages.stage, types.conversion_type, types.name IN ('pipeline', 'revenue') AS has_money
    FROM funnel_stages AS stages
    INNER JOIN conversion_types AS types
        ON types.conversion_type = stages.conversion_type
        OR types.name = CASE stages.entered_at WHEN 'created' THEN 'pipeline' WHEN 'won' THEN 'revenue' END
),
shown AS (
    SELECT DISTINCT
        funnel.opportunity_type, funnel.channel, stages.conversion_type, stages.has_money, funnel.volume, funnel.value
    FROM report_funnel AS funnel
    INNER JOIN stages ON stages.stage = funnel.from_stage
    WHERE funnel.cohort_month IS NULL AND funnel.channel <> '(all)'
),
credited AS (
    SELECT
        cube.opportunity_type, channels.channel, cube.conversion_type, stages.has_money,
        SUM(cube.millionths) AS millionths, SUM(cube.minor) AS minor
    FROM cube
    INNER JOIN stages ON stages.conversion_type = cube.conversion_type
    INNER JOIN channels ON channels.channel_key = cube.channel_key
    WHERE cube.basis = 'period' AND cube.model = 'first_touch' AND cube.month IS NOT NULL
        AND cube.conversion_type IN (SELECT conversion_type FROM shown)
    GROUP BY cube.opportunity_type, channels.channel, cube.conversion_type, stages.has_money
)
SELECT
    opportunity_type, channel, conversion_type, credited.millionths, shown.volume, credited.minor, shown.value
FROM credited
FULL OUTER JOIN shown USING (opportunity_type, channel, conversion_type, has_money)
WHERE EXISTS (SELECT 1 FROM models WHERE model = 'first_touch')
    AND (COALESCE(credited.millionths, 0) IS DISTINCT FROM COALESCE(shown.volume, 0) * 1000000
        OR (has_money AND money(CAST(COALESCE(credited.minor, 0) AS HUGEINT)) IS DISTINCT FROM COALESCE(shown.value, 0)))
