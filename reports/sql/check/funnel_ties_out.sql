-- The funnel counts the leads, opportunities and wins that performance credits in the period, and their money, by month and in all.
WITH stages AS (
    SELECT
        s.stage,
        CASE WHEN s.unit = 'person' THEN s.conversion_type WHEN s.entered_at = 'created' THEN 0 WHEN s.entered_at = 'won' THEN 1 END AS conversion_type
    FROM funnel_stages AS s
),
shown AS (
    SELECT DISTINCT s.conversion_type, f.opportunity_type, f.cohort_month AS month, f.channel, f.volume, f.value
    FROM report_funnel AS f
    INNER JOIN stages AS s ON s.stage = f.from_stage
    WHERE s.conversion_type IS NOT NULL
),
by_month AS (
    SELECT conversion_type, opportunity_type, month, SUM(volume) AS volume, SUM(value) AS value
    FROM shown
    WHERE channel <> '(all)' AND month IS NOT NULL
    GROUP BY conversion_type, opportunity_type, month
    UNION ALL
    SELECT conversion_type, opportunity_type, NULL, SUM(volume), SUM(value)
    FROM shown
    WHERE channel <> '(all)' AND month IS NULL
    GROUP BY conversion_type, opportunity_type
    UNION ALL
    SELECT conversion_type, opportunity_type, month, volume, value
    FROM shown
    WHERE channel = '(all)'
),
by_day AS (
    SELECT
        conversion_type, opportunity_type, anchor_day, SUM(value_minor) AS value_minor,
        COUNT(CASE WHEN reverses_opportunity_id IS NULL THEN 1 END) AS units
    FROM conversions
    WHERE is_counted AND anchor_in_period
    GROUP BY conversion_type, opportunity_type, anchor_day
),
counted AS (
    SELECT c.conversion_type, c.opportunity_type, CAST(DATE_TRUNC('month', c.anchor_day) AS DATE) AS month, c.units, c.value_minor
    FROM by_day AS c
    WHERE c.conversion_type IN (SELECT conversion_type FROM stages)
),
expected AS (
    SELECT conversion_type, opportunity_type, month, SUM(units) AS volume, SUM(value_minor) AS value_minor
    FROM counted
    GROUP BY conversion_type, opportunity_type, month
    UNION ALL
    SELECT conversion_type, opportunity_type, NULL, SUM(units), SUM(value_minor)
    FROM counted
    GROUP BY conversion_type, opportunity_type
)
SELECT
    COALESCE(e.conversion_type, b.conversion_type) AS conversion_type, COALESCE(e.opportunity_type, b.opportunity_type) AS opportunity_type,
    COALESCE(e.month, b.month) AS month, e.volume AS converted, b.volume AS shown,
    e.value_minor AS converted_minor, b.value AS shown_value
FROM expected AS e
FULL OUTER JOIN by_month AS b
    ON b.conversion_type = e.conversion_type AND b.opportunity_type = e.opportunity_type AND b.month IS NOT DISTINCT FROM e.month
WHERE COALESCE(e.volume, 0) <> COALESCE(b.volume, 0)
    OR (e.conversion_type < 2 AND money(COALESCE(e.value_minor, 0)) <> COALESCE(b.value, 0))
