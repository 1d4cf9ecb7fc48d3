-- Looks at the columns bant_budget, bant_authority, bant_need and bant_timeframe together.
-- grain: answer
-- message: {answer|answers} about budget, authority, need or timeframe {is|are} neither yes nor no
--   nor unknown, and {counts|count} as unknown
-- severity: warning
-- remedy: export yes, true or 1, no, false or 0, unknown or nothing
SELECT f.word AS key, COUNT(*) AS n
FROM (
    SELECT bant_budget AS word FROM leads
    UNION ALL
    SELECT bant_authority FROM leads
    UNION ALL
    SELECT bant_need FROM leads
    UNION ALL
    SELECT bant_timeframe FROM leads
) AS f
INNER JOIN words AS w ON w.kind = 'bant' AND w.word = f.word
WHERE w.plain NOT IN ('yes', 'true', '1', 'no', 'false', '0', 'unknown', '')
GROUP BY f.word
