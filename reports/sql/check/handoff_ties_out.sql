-- In handoff, the outcomes of a period add up to its deliveries, and both are the same by owner and
-- by channel, in handoff_reasons by reason, campaign and owner, and in rep_follow_up by owner.
WITH handoff AS (
    SELECT period_type, period_start, owner, channel, measure, n
    FROM (
        SELECT *, accepted + rejected + recycled + expired + superseded + open AS outcomes
        FROM report_handoff
    ) AS wide
    UNPIVOT INCLUDE NULLS (n FOR measure IN (deliveries, outcomes, accepted, rejected, recycled, expired, superseded, open))
),
sums AS (
    SELECT
        period_type, period_start, measure,
        SUM(CASE WHEN owner = '(all)' AND channel = '(all)' THEN n ELSE 0 END) AS whole,
        SUM(CASE WHEN owner <> '(all)' THEN n ELSE 0 END) AS by_owner,
        SUM(CASE WHEN channel <> '(all)' THEN n ELSE 0 END) AS by_channel
    FROM handoff
    GROUP BY period_type, period_start, measure
),
reasons AS (
    SELECT
        period_type, period_start, COALESCE(outcome, 'deliveries') AS measure,
        SUM(CASE WHEN reason = '(all)' AND campaign_id = '(all)' AND owner = '(all)' THEN deliveries ELSE 0 END) AS whole,
        SUM(CASE WHEN reason <> '(all)' AND campaign_id <> '(all)' AND owner <> '(all)' THEN deliveries ELSE 0 END) AS by_reason
    FROM report_handoff_reasons
    GROUP BY GROUPING SETS ((period_type, period_start, outcome), (period_type, period_start))
),
followed AS (
    SELECT
        period_type, period_start, CASE measure WHEN 'worked' THEN 'deliveries' ELSE measure END AS measure,
        SUM(CASE measure WHEN 'worked' THEN deliveries ELSE achieved END) AS by_rep
    FROM report_rep_follow_up
    WHERE owner <> '(all)' AND measure IN ('worked', 'accepted', 'rejected', 'recycled', 'expired')
    GROUP BY ALL
),
-- What only one of the reports has is compared too.
keys AS (
    SELECT period_type, period_start, measure FROM sums
    UNION
    SELECT period_type, period_start, measure FROM reasons
    UNION
    SELECT period_type, period_start, measure FROM followed
)
SELECT
    keys.period_type, keys.period_start, keys.measure, sums.whole, sums.by_owner, sums.by_channel,
    COALESCE(reasons.whole, 0) AS in_reasons, COALESCE(reasons.by_reason, 0) AS by_reason, COALESCE(followed.by_rep, 0) AS by_rep
FROM keys
LEFT JOIN sums
    ON sums.period_type = keys.period_type AND sums.period_start IS NOT DISTINCT FROM keys.period_start AND sums.measure = keys.measure
LEFT JOIN reasons
    ON reasons.period_type = keys.period_type AND reasons.period_start IS NOT DISTINCT FROM keys.period_start
    AND reasons.measure = CASE keys.measure WHEN 'outcomes' THEN 'deliveries' ELSE keys.measure END
LEFT JOIN followed
    ON followed.period_type = keys.period_type AND followed.period_start IS NOT DISTINCT FROM keys.period_start
    AND followed.measure = CASE keys.measure WHEN 'outcomes' THEN 'deliveries' ELSE keys.measure END
WHERE sums.by_owner IS DISTINCT FROM sums.whole OR sums.by_channel IS DISTINCT FROM sums.whole
    OR COALESCE(reasons.whole, 0) IS DISTINCT FROM COALESCE(sums.whole, 0) OR COALESCE(reasons.by_reason, 0) IS DISTINCT FROM COALESCE(sums.whole, 0)
    OR (keys.measure NOT IN ('superseded', 'open') AND COALESCE(followed.by_rep, 0) IS DISTINCT FROM COALESCE(sums.whole, 0))
