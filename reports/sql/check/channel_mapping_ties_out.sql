-- The revenue of channel_mapping by channel adds up to that of channel_performance under the primary
-- model, on the basis period.
WITH mapped AS (
    SELECT channel, SUM(revenue) AS revenue FROM report_channel_mapping WHERE "table" = 'touchpoints' GROUP BY channel
),
shown AS (
    SELECT performance.channel, SUM(performance.revenue) AS revenue
    FROM report_channel_performance AS performance
    INNER JOIN models ON models.model = performance.model AND models.position = 0
    WHERE performance.basis = 'period' AND performance.channel <> '(unattributed)'
    GROUP BY performance.channel
)
SELECT channel, mapped.revenue AS mapped, shown.revenue AS shown
FROM mapped
FULL OUTER JOIN shown USING (channel)
WHERE COALESCE(mapped.revenue, 0) IS DISTINCT FROM COALESCE(shown.revenue, 0)
