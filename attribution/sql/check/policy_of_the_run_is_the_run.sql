-- In the comparison of buying groups, won opportunities earn the same under the buying group of the
-- run as in every other report, under the primary model.
WITH policy AS (
    SELECT
        c.basis, c.opportunity_type, c.reason, c.channel_key, c.campaign_key, c.month,
        SUM(c.minor) AS minor, SUM(c.millionths) AS millionths
    FROM policy_credit AS c
    INNER JOIN policies AS p ON p.policy = c.policy AND p.is_of_run
    GROUP BY ALL
),
run AS (
    SELECT
        c.basis, c.opportunity_type, c.reason, c.channel_key, c.campaign_key, c.month,
        SUM(c.minor) AS minor, SUM(c.millionths) AS millionths
    FROM cube AS c
    INNER JOIN policies AS p ON p.is_of_run AND p.model = c.model
    WHERE c.conversion_type = 1
    GROUP BY ALL
)
SELECT
    COALESCE(p.basis, r.basis) AS basis, COALESCE(p.opportunity_type, r.opportunity_type) AS opportunity_type,
    COALESCE(p.channel_key, r.channel_key) AS channel_key, p.minor, r.minor AS expected_minor
FROM policy AS p
FULL OUTER JOIN run AS r
    ON r.basis = p.basis AND r.opportunity_type = p.opportunity_type AND r.reason IS NOT DISTINCT FROM p.reason
    AND r.channel_key = p.channel_key AND r.campaign_key = p.campaign_key AND r.month IS NOT DISTINCT FROM p.month
WHERE p.minor IS DISTINCT FROM r.minor OR p.millionths IS DISTINCT FROM r.millionths
