-- grain: policy, opportunity_type, currency, channel
-- What revenue each channel would earn under each way to make a buying group, with the primary
-- model: how much of the result hangs on that choice. Rows of a policy add up to its total in (all).
-- shows: policy, channel, won, revenue, revenue_difference, revenue_share, is_policy_of_the_run
-- default: opportunity_type = new_business
-- bar: revenue
-- columns:
--   policy | text | a value of `buying_group`: roles, roles_else_account, account or
--     roles_and_account
--   is_policy_of_the_run | boolean | the policy by which all other reports of this run are made
--   model | text | the primary model
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   channel | text | a channel, `(unattributed)`, or `(all)`
--   won | units | credited won opportunities
--   revenue | money | credited revenue
--   revenue_difference | money | `revenue` less that of the policy of the run
--   revenue_share | share | `revenue` as a share of the total of the policy; NULL if that is 0
WITH credited AS (
    SELECT
        policy_credit.policy, policy_credit.opportunity_type,
        CASE WHEN policy_credit.reason IS NULL THEN channels.channel ELSE '(unattributed)' END AS channel,
        policy_credit.minor, policy_credit.millionths
    FROM policy_credit
    LEFT JOIN channels ON channels.channel_key = policy_credit.channel_key
    WHERE policy_credit.basis = 'period' AND policy_credit.month IS NOT NULL
),
summed AS (
    SELECT
        policy, opportunity_type, COALESCE(channel, '(all)') AS channel, SUM(minor) AS minor, SUM(millionths) AS millionths
    FROM credited
    GROUP BY GROUPING SETS ((policy, opportunity_type, channel), (policy, opportunity_type))
),
keys AS (
    SELECT policies.policy, policies.is_of_run, policies.model, found.opportunity_type, found.channel
    FROM policies
    CROSS JOIN (SELECT DISTINCT opportunity_type, channel FROM summed) AS found
),
of_run AS (
    SELECT summed.opportunity_type, summed.channel, summed.minor
    FROM summed
    INNER JOIN policies ON policies.policy = summed.policy AND policies.is_of_run
)
SELECT
    keys.policy,
    keys.is_of_run AS is_policy_of_the_run,
    keys.model,
    report_period.period_start,
    report_period.period_end,
    keys.opportunity_type,
    report_period.currency,
    keys.channel,
    units(COALESCE(own.millionths, 0)) AS won,
    money(COALESCE(own.minor, 0)) AS revenue,
    money(COALESCE(own.minor, 0) - COALESCE(of_run.minor, 0)) AS revenue_difference,
    ratio(COALESCE(own.minor, 0), whole.minor) AS revenue_share
FROM keys
CROSS JOIN report_period
INNER JOIN opportunity_types ON opportunity_types.opportunity_type = keys.opportunity_type
LEFT JOIN summed AS own
    ON own.policy = keys.policy AND own.opportunity_type = keys.opportunity_type AND own.channel = keys.channel
LEFT JOIN of_run ON of_run.opportunity_type = keys.opportunity_type AND of_run.channel = keys.channel
LEFT JOIN summed AS whole
    ON whole.policy = keys.policy AND whole.opportunity_type = keys.opportunity_type AND whole.channel = '(all)'
ORDER BY keys.policy, opportunity_types.position, CASE WHEN keys.channel = '(all)' THEN 0 ELSE 1 END, keys.channel
