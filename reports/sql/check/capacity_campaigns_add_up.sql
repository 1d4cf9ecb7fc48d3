-- In capacity_weeks, the campaigns of a week add up to the week: the leads that come, and the leads
-- that are handed over.
SELECT
    week_start,
    SUM(CASE WHEN campaign_id = '(all)' THEN leads END) AS leads, COALESCE(SUM(CASE WHEN campaign_id <> '(all)' THEN leads END), 0) AS leads_of_campaigns,
    SUM(CASE WHEN campaign_id = '(all)' THEN deliveries END) AS deliveries, SUM(CASE WHEN campaign_id <> '(all)' THEN deliveries END) AS deliveries_of_campaigns
FROM report_capacity_weeks
GROUP BY week_start
HAVING SUM(CASE WHEN campaign_id = '(all)' THEN leads END) IS DISTINCT FROM COALESCE(SUM(CASE WHEN campaign_id <> '(all)' THEN leads END), 0)
    OR COALESCE(SUM(CASE WHEN campaign_id = '(all)' THEN deliveries END), 0) IS DISTINCT FROM COALESCE(SUM(CASE WHEN campaign_id <> '(all)' THEN deliveries END), 0)
ORDER BY week_start
