-- Where first_touch is run, sourced_influenced shows by channel, under the definition first_touch,
-- what that model credits in the period; and the row (all) of each source group is the sum of its
-- channels.
WITH shown AS (
    SELECT * FROM report_sourced_influenced WHERE definition = 'first_touch'
),
by_channel AS (
    SELECT opportunity_type, channel, opportunities, won, pipeline, open_pipeline, revenue
    FROM shown
    WHERE channel <> '(all)'
),
credited AS (
    SELECT opportunity_type, channel, opportunities, won, pipeline, open_pipeline, revenue
    FROM report_channel_performance
    WHERE basis = 'period' AND model = 'first_touch' AND channel <> '(unattributed)'
),
by_group AS (
    SELECT
        opportunity_type, source_group, SUM(opportunities) AS opportunities, SUM(won) AS won, SUM(pipeline) AS pipeline,
        SUM(open_pipeline) AS open_pipeline, SUM(revenue) AS revenue
    FROM shown
    WHERE channel <> '(all)'
    GROUP BY opportunity_type, source_group
),
totals AS (
    SELECT opportunity_type, source_group, opportunities, won, pipeline, open_pipeline, revenue
    FROM shown
    WHERE channel = '(all)'
)
SELECT opportunity_type, channel, by_channel.revenue AS shown, credited.revenue AS credited
FROM by_channel
FULL OUTER JOIN credited USING (opportunity_type, channel)
WHERE EXISTS (SELECT 1 FROM models WHERE model = 'first_touch')
    AND (COALESCE(by_channel.opportunities, 0) IS DISTINCT FROM COALESCE(credited.opportunities, 0) OR COALESCE(by_channel.won, 0) IS DISTINCT FROM COALESCE(credited.won, 0)
        OR COALESCE(by_channel.pipeline, 0) IS DISTINCT FROM COALESCE(credited.pipeline, 0)
        OR COALESCE(by_channel.open_pipeline, 0) IS DISTINCT FROM COALESCE(credited.open_pipeline, 0)
        OR COALESCE(by_channel.revenue, 0) IS DISTINCT FROM COALESCE(credited.revenue, 0))
UNION ALL
SELECT opportunity_type, source_group, by_group.revenue, totals.revenue
FROM by_group
FULL OUTER JOIN totals USING (opportunity_type, source_group)
WHERE by_group.opportunities IS DISTINCT FROM totals.opportunities OR by_group.won IS DISTINCT FROM totals.won
    OR by_group.pipeline IS DISTINCT FROM totals.pipeline OR by_group.open_pipeline IS DISTINCT FROM totals.open_pipeline
    OR by_group.revenue IS DISTINCT FROM totals.revenue
