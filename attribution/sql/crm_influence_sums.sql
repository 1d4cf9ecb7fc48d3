-- crm_influence_sums: one row per conversion of an opportunity in the reporting period and campaign
-- that crm_influence names for it. Salesforce writes one row per contact, so the rows of a campaign
-- are added up. Shares are applied to the converted amount by the allocation rule, in the order of
-- campaigns and with 1,000,000 millionths as the whole. So shares of 100 % give exactly the amount,
-- and other sums are not scaled. share_micros is NULL if only amounts are given. Amounts are
-- converted once per campaign and currency, with the rate of the day of the conversion. minor is
-- NULL if shares are given and the opportunity has no amount. rate_missing marks a currency without
-- a rate, which is an error. value_too_large marks an amount that does not fit 64 bits once
-- converted.
CREATE TABLE crm_influence_sums AS
WITH given AS (
    SELECT
        c.conversion_key, c.anchor_day, c.value_minor, k.campaign_key, i.currency,
        COUNT(*) AS influence_rows,
        SUM(i.share_micros) AS share_micros,
        SUM(i.amount_minor) AS amount_minor
    FROM crm_influence AS i
    INNER JOIN conversions AS c ON c.opportunity_id = i.opportunity_id AND c.is_counted AND c.anchor_in_period
    INNER JOIN campaign_keys AS k ON k.campaign_id = i.campaign_id
    GROUP BY c.conversion_key, c.anchor_day, c.value_minor, k.campaign_key, i.currency
),
priced AS (
    SELECT
        v.conversion_key, v.value_minor, v.campaign_key, v.currency, v.influence_rows, v.share_micros, v.amount_minor,
        v.currency = g.currency AS is_reporting,
        r.currency IS NULL AS has_no_rate, r.rate_digits, r.rate_scale, u.minor_per_unit, g.minor_per_unit AS reporting_minor_per_unit,
        -- Estimated in floating point, as in conversions.
        ABS(CAST(v.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit > 1.6e38
            OR ABS(CAST(v.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit
                / (u.minor_per_unit * CAST(power_of_ten(r.rate_scale) AS DOUBLE)) > 9.2e18 AS is_too_large
    FROM given AS v
    CROSS JOIN settings AS g
    LEFT JOIN currencies AS u ON u.currency = v.currency
    LEFT JOIN rate_periods AS r
        ON r.currency = v.currency AND r.effective_on <= v.anchor_day AND v.anchor_day < r.ends_before
),
converted AS (
    SELECT
        conversion_key, value_minor, campaign_key, currency, influence_rows, share_micros,
        amount_minor IS NOT NULL AS has_amounts,
        amount_minor IS NOT NULL AND NOT is_reporting AND has_no_rate AS rate_missing,
        COALESCE(amount_minor IS NOT NULL AND NOT is_reporting AND is_too_large, FALSE) AS value_too_large,
        CASE
            WHEN is_reporting THEN CAST(amount_minor AS HUGEINT)
            WHEN is_too_large THEN NULL
            ELSE rounded_ratio(amount_minor * rate_digits * reporting_minor_per_unit, minor_per_unit * power_of_ten(rate_scale))
        END AS amount_minor
    FROM priced
),
added AS (
    SELECT
        conversion_key, value_minor, campaign_key,
        CAST(SUM(influence_rows) AS BIGINT) AS influence_rows,
        CAST(SUM(share_micros) AS HUGEINT) AS share_micros,
        SUM(amount_minor) AS amount_minor,
        BOOL_OR(has_amounts) AS has_amounts,
        BOOL_OR(rate_missing) AS rate_missing,
        BOOL_OR(value_too_large) AS value_too_large,
        MIN(currency) FILTER (WHERE rate_missing OR value_too_large) AS currency
    FROM converted
    GROUP BY conversion_key, value_minor, campaign_key
),
run_up AS (
    SELECT
        *,
        CAST(COALESCE(SUM(share_micros) OVER (PARTITION BY conversion_key ORDER BY campaign_key), 0) AS HUGEINT) AS until_micros
    FROM added
)
SELECT
    conversion_key, campaign_key, influence_rows, share_micros, has_amounts, rate_missing, value_too_large, currency,
    CASE
        WHEN share_micros IS NULL THEN amount_minor
        ELSE rounded_ratio(value_minor * until_micros, 1000000) - rounded_ratio(value_minor * (until_micros - share_micros), 1000000)
            + COALESCE(amount_minor, 0)
    END AS minor
FROM run_up
