-- grain: period_start, period_end, model, currency, months, channel
-- What customers brought after their first win, by the channel that acquired them: revenue of
-- expansion and renewal, and churn, within so many months after the win. The customers are the
-- accounts whose first win of new business lies in the reporting period, whenever they bought later.
-- The later value of a customer is shared over channels by the very weights that its first win has
-- under the model, so the channels with `(unattributed)` add up to the whole. Rows of 3 to 24 months
-- have only the customers whose win is that long ago, so that customers can be compared.
-- shows: months, channel, customers, first_win, net, expansion, renewal, churn, net_per_customer,
--   small_sample
-- default: model = (primary), months = (all)
-- bar: net
-- columns:
--   period_start | day | the reporting period: that of the first win
--   period_end | day | the reporting period
--   model | text | the attribution model by which the first win is credited
--   currency | text | the reporting currency
--   months | text | how many months after the day of the win are counted, the last day included: 3, 6,
--     12 or 24. `(all)`: everything up to as-of. Rows contain each other: never add them up
--   channel | text | the channel that is credited with the first win. `(unattributed)`: no touchpoint
--     earned it. `(acquired before the data)`: accounts that bought expansion or renewal, or had a
--     reversal, before any win of new business in the data. `(no account)`: opportunities without an
--     account. The last two only in rows of `(all)`, and only if the reporting period has no first day
--   customers | units | customers acquired, as far as the channel is credited with them; accounts on
--     the row `(acquired before the data)`
--   small_sample | true/false | `customers` is below 30
--   first_win | money | revenue of the first wins
--   expansion | money | revenue of opportunities of type expansion
--   renewal | money | revenue of opportunities of type renewal
--   churn | money | won opportunities that reverse another one (`reverses_opportunity_id`), with their
--     sign: negative as a rule
--   net | money | `expansion` + `renewal` + `churn`
--   net_per_customer | money per unit | `net` / `customers`; NULL if that is 0
WITH bounds AS (
    SELECT * FROM (VALUES (1, 3, '3'), (2, 6, '6'), (3, 12, '12'), (4, 24, '24'), (5, NULL, '(all)')) AS v(position, months, label)
),
credited AS (
    SELECT
        win_value.model, bounds.position, bounds.label, 0 AS place, channels.channel,
        SUM(CASE WHEN win_value.measure = 'customers' THEN win_value.amount ELSE 0 END) AS customers,
        SUM(CASE WHEN win_value.measure = 'first_win' THEN win_value.amount ELSE 0 END) AS first_win,
        SUM(CASE WHEN win_value.measure = 'expansion' THEN win_value.amount ELSE 0 END) AS expansion,
        SUM(CASE WHEN win_value.measure = 'renewal' THEN win_value.amount ELSE 0 END) AS renewal,
        SUM(CASE WHEN win_value.measure = 'churn' THEN win_value.amount ELSE 0 END) AS churn
    FROM win_value
    INNER JOIN channels ON channels.channel_key = win_value.channel_key
    INNER JOIN bounds
        ON bounds.months IS NULL
        OR (
            win_value.months_seen >= bounds.months
            AND (win_value.measure IN ('customers', 'first_win') OR win_value.within_months <= bounds.months)
        )
    GROUP BY win_value.model, bounds.position, bounds.label, channels.channel
    -- A channel without credit for a first win under this model has no row.
    HAVING COUNT(*) FILTER (WHERE win_value.amount <> 0) > 0
),
-- Sales without a first win in the data are the same under every model.
others AS (
    SELECT
        account_id IS NULL AS is_without_account,
        COUNT(DISTINCT account_id) * 1000000 AS customers,
        SUM(CASE WHEN kind = 'expansion' THEN CAST(value_minor AS HUGEINT) ELSE 0 END) AS expansion,
        SUM(CASE WHEN kind = 'renewal' THEN CAST(value_minor AS HUGEINT) ELSE 0 END) AS renewal,
        SUM(CASE WHEN kind = 'churn' THEN CAST(value_minor AS HUGEINT) ELSE 0 END) AS churn
    FROM later_sales
    WHERE acquired_key IS NULL
    GROUP BY account_id IS NULL
),
placed AS (
    SELECT
        model, position, label, place, channel, whole(customers) AS customers, whole(first_win) AS first_win,
        whole(expansion) AS expansion, whole(renewal) AS renewal, whole(churn) AS churn
    FROM credited
    UNION ALL
    SELECT
        models.model, 5, '(all)', CASE WHEN others.is_without_account THEN 2 ELSE 1 END,
        CASE WHEN others.is_without_account THEN '(no account)' ELSE '(acquired before the data)' END,
        others.customers, 0, others.expansion, others.renewal, others.churn
    FROM others
    CROSS JOIN models
    CROSS JOIN report_period
    WHERE report_period.period_start IS NULL
)
SELECT
    report_period.period_start,
    report_period.period_end,
    placed.model,
    report_period.currency,
    placed.label AS months,
    placed.channel,
    units(placed.customers) AS customers,
    placed.customers < 30000000 AS small_sample,
    money(placed.first_win) AS first_win,
    money(placed.expansion) AS expansion,
    money(placed.renewal) AS renewal,
    money(placed.churn) AS churn,
    money(placed.expansion + placed.renewal + placed.churn) AS net,
    ratio((placed.expansion + placed.renewal + placed.churn) * 1000000, placed.customers * report_period.minor_per_unit) AS net_per_customer
FROM placed
CROSS JOIN report_period
INNER JOIN models ON models.model = placed.model
ORDER BY models.position, placed.position, placed.place, placed.channel
