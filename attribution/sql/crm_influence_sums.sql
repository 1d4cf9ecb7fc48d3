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
        conversions.conversion_key, conversions.anchor_day, conversions.value_minor, campaigns.campaign_key, influence.currency,
        COUNT(*) AS influence_rows,
        SUM(influence.share_micros) AS share_micros,
        SUM(influence.amount_minor) AS amount_minor
    FROM crm_influence AS influence
    -- Up to two rows: the pipeline and the revenue of the opportunity.
    INNER JOIN conversions
        ON conversions.opportunity_id = influence.opportunity_id AND conversions.is_counted AND conversions.anchor_in_period
    -- One row: every campaign that the CRM names has a key.
    INNER JOIN campaign_keys AS campaigns ON campaigns.campaign_id = influence.campaign_id
    GROUP BY conversions.conversion_key, conversions.anchor_day, conversions.value_minor, campaigns.campaign_key, influence.currency
),
converted AS (
    SELECT
        given.conversion_key, given.value_minor, given.campaign_key, given.currency, given.influence_rows, given.share_micros,
        given.amount_minor IS NOT NULL AS has_amounts,
        given.amount_minor IS NOT NULL AND given.currency <> settings.currency AND rates.currency IS NULL AS rate_missing,
        COALESCE(
            given.currency <> settings.currency
            AND converted_is_too_large(given.amount_minor, rates.rate_digits, rates.rate_scale, currencies.minor_per_unit, settings.minor_per_unit),
            FALSE
        ) AS value_too_large,
        CASE
            WHEN given.currency = settings.currency THEN CAST(given.amount_minor AS HUGEINT)
            ELSE converted_minor(given.amount_minor, rates.rate_digits, rates.rate_scale, currencies.minor_per_unit, settings.minor_per_unit)
        END AS amount_minor
    FROM given
    CROSS JOIN settings
    -- At most one row each: the periods of a currency do not overlap.
    LEFT JOIN currencies ON currencies.currency = given.currency
    LEFT JOIN rate_periods AS rates
        ON rates.currency = given.currency AND rates.effective_on <= given.anchor_day AND given.anchor_day < rates.ends_before
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
