-- In handoff, the outcomes add up to the deliveries, and owners and channels to all of them; the
-- reasons of handoff_reasons add up to the same outcomes, and the measures of rep_follow_up are of
-- the same deliveries.
WITH sums AS (
    SELECT
        period_type, period_start,
        SUM(CASE WHEN owner = '(all)' AND channel = '(all)' THEN deliveries ELSE 0 END) AS deliveries,
        SUM(CASE WHEN owner = '(all)' AND channel = '(all)' THEN accepted + rejected + recycled + expired + superseded + open ELSE 0 END) AS by_outcome,
        SUM(CASE WHEN owner = '(all)' AND channel = '(all)' THEN accepted ELSE 0 END) AS accepted,
        SUM(CASE WHEN owner <> '(all)' THEN deliveries ELSE 0 END) AS by_owner,
        SUM(CASE WHEN channel <> '(all)' THEN deliveries ELSE 0 END) AS by_channel
    FROM report_handoff
    GROUP BY period_type, period_start
),
reasons AS (
    SELECT
        period_type, period_start,
        SUM(CASE WHEN reason <> '(all)' AND campaign_id <> '(all)' AND owner <> '(all)' THEN deliveries ELSE 0 END) AS deliveries,
        SUM(CASE WHEN reason = '(all)' AND campaign_id = '(all)' AND owner = '(all)' AND outcome = 'accepted' THEN deliveries ELSE 0 END) AS accepted
    FROM report_handoff_reasons
    GROUP BY period_type, period_start
),
followed AS (
    SELECT period_type, period_start, SUM(deliveries) AS deliveries
    FROM report_rep_follow_up
    WHERE measure = 'worked' AND owner <> '(all)'
    GROUP BY period_type, period_start
)
SELECT sums.period_type, sums.period_start, sums.deliveries, sums.by_outcome, sums.by_owner, sums.by_channel
FROM sums
LEFT JOIN reasons ON reasons.period_type = sums.period_type AND reasons.period_start IS NOT DISTINCT FROM sums.period_start
LEFT JOIN followed ON followed.period_type = sums.period_type AND followed.period_start IS NOT DISTINCT FROM sums.period_start
WHERE sums.by_outcome IS DISTINCT FROM sums.deliveries OR sums.by_owner IS DISTINCT FROM sums.deliveries OR sums.by_channel IS DISTINCT FROM sums.deliveries
    OR COALESCE(reasons.deliveries, 0) IS DISTINCT FROM sums.deliveries OR COALESCE(reasons.accepted, 0) IS DISTINCT FROM sums.accepted
    OR COALESCE(followed.deliveries, 0) IS DISTINCT FROM sums.deliveries
