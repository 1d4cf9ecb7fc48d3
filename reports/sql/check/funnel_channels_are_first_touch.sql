-- Where first_touch is run, the funnel shows by channel what it credits in the period: leads, opportunities and wins, and their money.
WITH shown AS (
    SELECT DISTINCT f.opportunity_type, f.channel, f.from_stage, f.volume, f.value
    FROM report_funnel AS f
    WHERE f.cohort_month IS NULL AND f.channel <> '(all)'
),
placed AS (
    SELECT
        s.opportunity_type, s.channel, s.volume, s.value,
        CASE WHEN p.unit = 'person' THEN p.conversion_type WHEN p.entered_at = 'created' THEN 0 WHEN p.entered_at = 'won' THEN 1 END AS conversion_type
    FROM shown AS s
    INNER JOIN funnel_stages AS p ON p.stage = s.from_stage
),
credited AS (
    SELECT c.opportunity_type, h.channel, c.conversion_type, SUM(c.millionths) AS millionths, SUM(c.minor) AS minor
    FROM cube AS c
    INNER JOIN channels AS h ON h.channel_key = c.channel_key
    WHERE c.basis = 'period' AND c.model = 'first_touch' AND c.month IS NOT NULL
        AND c.conversion_type IN (SELECT conversion_type FROM placed)
    GROUP BY c.opportunity_type, h.channel, c.conversion_type
)
SELECT
    COALESCE(c.opportunity_type, p.opportunity_type) AS opportunity_type, COALESCE(c.channel, p.channel) AS channel,
    COALESCE(c.conversion_type, p.conversion_type) AS conversion_type, c.millionths, p.volume, c.minor, p.value
FROM credited AS c
FULL OUTER JOIN placed AS p
    ON p.opportunity_type = c.opportunity_type AND p.channel = c.channel AND p.conversion_type = c.conversion_type
WHERE COALESCE(c.conversion_type, p.conversion_type) IS NOT NULL
    AND EXISTS (SELECT 1 FROM models WHERE model = 'first_touch')
    AND (COALESCE(c.millionths, 0) <> COALESCE(p.volume, 0) * 1000000
        OR (COALESCE(c.conversion_type, p.conversion_type) < 2 AND money(CAST(COALESCE(c.minor, 0) AS HUGEINT)) <> COALESCE(p.value, 0)))
