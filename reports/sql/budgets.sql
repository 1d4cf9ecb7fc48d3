-- grain: campaign_id
-- Planned against actual: the budget of each campaign against its cost up to as-of, and against the
-- share of its time that has passed. The cost of the campaigns below it in the campaign tree is
-- beside its own. The reporting period does not limit it.
-- shows: campaign_id, budget, cost, share_used, share_elapsed, pace, remaining, cost_below,
--   expected_by_now, difference, starts_on, ends_on, channel, reason
-- bar: cost
-- columns:
--   campaign_id | text | the campaign: every row of `campaigns`, and every campaign of `costs`
--   campaign_name | text | its name
--   channel | text | its channel
--   currency | text | the reporting currency
--   starts_on | day | the first day of the campaign
--   ends_on | day | its last day
--   budget | money, 6 decimals | its budget, converted with the newest rate at or before `starts_on`
--     (without it, at as-of). Empty if it is 0 or less
--   cost | money, 6 decimals | its cost up to as-of
--   cost_below | money, 6 decimals | the cost up to as-of of the campaigns below it
--     (`parent_campaign_id`, any depth). The budget of a parent is for all of them
--   share_used | share | (`cost` + `cost_below`) / `budget`
--   days | days | days from `starts_on` to `ends_on`, both included
--   days_elapsed | days | those up to as-of, its own day included
--   share_elapsed | share | `days_elapsed` / `days`
--   expected_by_now | money, 6 decimals | `budget` x `days_elapsed` / `days`: what an even pace would
--     have cost
--   difference | money, 6 decimals | `cost` + `cost_below` - `expected_by_now`: above 0, more was spent
--     than expected
--   remaining | money, 6 decimals | `budget` - `cost` - `cost_below`; below 0, the budget is exceeded
--   pace | text | `over`, `on_pace` or `under` what was expected by now. `provisional`: without the
--     cost that is not final it would be another of these words. `not_begun`: the campaign begins
--     after as-of. Empty: `reason` says why
--   reason | text | what is missing for a comparison: `no_budget` (none, or 0 or less), `no_rate` (the
--     budget has no exchange rate), `no_dates` (`starts_on` or `ends_on` is empty) or
--     `unknown_campaign` (only `costs` names it)
--   outside_dates | money, 6 decimals | the part of `cost` on days before `starts_on` or after
--     `ends_on`
--   provisional_cost | money, 6 decimals | the part of `cost` and `cost_below` that is not final
WITH RECURSIVE spent AS (
    SELECT
        campaign_key, day, SUM(micros) AS micros, COALESCE(SUM(micros) FILTER (WHERE is_provisional), 0) AS provisional_micros
    FROM cost_days
    WHERE campaign_key > 0
    GROUP BY campaign_key, day
),
placed AS (
    SELECT keys.campaign_key, keys.campaign_id, keys.campaign_name, channels.channel, campaigns.campaign_id IS NOT NULL AS is_known,
        campaigns.starts_on, campaigns.ends_on, campaigns.budget_micros, campaigns.currency AS budget_currency,
        parents.campaign_key AS parent_key,
        COALESCE(campaigns.starts_on, settings.as_of_day) AS rate_day
    FROM campaign_keys AS keys
    CROSS JOIN settings
    LEFT JOIN campaigns ON campaigns.campaign_id = keys.campaign_id
    LEFT JOIN channels ON channels.channel_key = keys.channel_key
    LEFT JOIN campaign_keys AS parents ON parents.campaign_id = campaigns.parent_campaign_id AND parents.campaign_key > 0
    WHERE keys.campaign_key > 0 AND (campaigns.campaign_id IS NOT NULL OR keys.campaign_key IN (SELECT campaign_key FROM spent))
),
-- A cycle of parents ends where it returns.
below (campaign_key, below_key) AS (
    SELECT parent_key, campaign_key FROM placed WHERE parent_key <> campaign_key
    UNION
    SELECT below.campaign_key, placed.campaign_key
    FROM below
    INNER JOIN placed ON placed.parent_key = below.below_key
    WHERE placed.campaign_key <> below.campaign_key
),
spent_below AS (
    SELECT below.campaign_key, SUM(spent.micros) AS micros, SUM(spent.provisional_micros) AS provisional_micros
    FROM below
    INNER JOIN spent ON spent.campaign_key = below.below_key
    GROUP BY below.campaign_key
),
spent_own AS (
    SELECT
        placed.campaign_key, SUM(spent.micros) AS micros, SUM(spent.provisional_micros) AS provisional_micros,
        SUM(spent.micros) FILTER (WHERE spent.day < placed.starts_on OR spent.day > placed.ends_on) AS outside_micros
    FROM placed
    INNER JOIN spent ON spent.campaign_key = placed.campaign_key
    GROUP BY placed.campaign_key
),
priced AS (
    SELECT
        placed.*,
        CASE
            WHEN placed.budget_micros <= 0 THEN NULL
            WHEN placed.budget_currency = report_period.currency THEN CAST(placed.budget_micros AS HUGEINT)
            ELSE divided(CAST(placed.budget_micros AS HUGEINT) * rates.rate_digits, CAST('1' || REPEAT('0', rates.rate_scale) AS HUGEINT))
        END AS budget,
        COALESCE(own.micros, 0) AS cost, COALESCE(others.micros, 0) AS cost_below, COALESCE(own.outside_micros, 0) AS outside,
        COALESCE(own.provisional_micros, 0) + COALESCE(others.provisional_micros, 0) AS provisional,
        CASE WHEN placed.ends_on >= placed.starts_on THEN CAST(placed.ends_on - placed.starts_on AS BIGINT) + 1 END AS days,
        settings.as_of_day
    FROM placed
    CROSS JOIN settings
    CROSS JOIN report_period
    LEFT JOIN spent_own AS own ON own.campaign_key = placed.campaign_key
    LEFT JOIN spent_below AS others ON others.campaign_key = placed.campaign_key
    LEFT JOIN rate_periods AS rates
        ON rates.currency = placed.budget_currency AND placed.rate_day >= rates.effective_on AND placed.rate_day < rates.ends_before
),
timed AS (
    SELECT *, CASE WHEN days IS NOT NULL THEN GREATEST(LEAST(CAST(as_of_day - starts_on AS BIGINT) + 1, days), 0) END AS days_elapsed
    FROM priced
),
paced AS (
    SELECT *, divided(budget * days_elapsed, days) AS expected FROM timed
)
SELECT
    paced.campaign_id,
    paced.campaign_name,
    paced.channel,
    report_period.currency,
    paced.starts_on,
    paced.ends_on,
    micros(paced.budget) AS budget,
    micros(paced.cost) AS cost,
    micros(paced.cost_below) AS cost_below,
    ratio(paced.cost + paced.cost_below, paced.budget) AS share_used,
    paced.days,
    paced.days_elapsed,
    ratio(paced.days_elapsed, paced.days) AS share_elapsed,
    micros(paced.expected) AS expected_by_now,
    micros(paced.cost + paced.cost_below - paced.expected) AS difference,
    micros(paced.budget - paced.cost - paced.cost_below) AS remaining,
    CASE
        WHEN paced.expected IS NULL THEN NULL
        WHEN paced.days_elapsed = 0 THEN 'not_begun'
        WHEN SIGN(paced.cost + paced.cost_below - paced.expected) <> SIGN(paced.cost + paced.cost_below - paced.provisional - paced.expected) THEN 'provisional'
        WHEN paced.cost + paced.cost_below = paced.expected THEN 'on_pace'
        WHEN paced.cost + paced.cost_below > paced.expected THEN 'over'
        ELSE 'under'
    END AS pace,
    CASE
        WHEN NOT paced.is_known THEN 'unknown_campaign'
        WHEN COALESCE(paced.budget_micros, 0) <= 0 THEN 'no_budget'
        WHEN paced.budget IS NULL THEN 'no_rate'
        WHEN paced.days IS NULL THEN 'no_dates'
    END AS reason,
    micros(paced.outside) AS outside_dates,
    micros(paced.provisional) AS provisional_cost
FROM paced
CROSS JOIN report_period
ORDER BY paced.campaign_id
