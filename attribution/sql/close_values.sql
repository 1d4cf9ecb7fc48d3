-- close_values: one row per opportunity of opportunity_closes: the day of its close in the
-- reporting time zone (NULL if it is open), and its amount in the reporting currency, converted
-- once. The amount of a won opportunity is its revenue, that of an open one its pipeline; that of a
-- lost one is converted with the newest rate at or before the day of the loss. value_minor is NULL
-- if the amount is missing; also if a loss has no exchange rate or its converted amount does not
-- fit 64 bits.
CREATE TABLE close_values AS
WITH priced AS (
    SELECT
        c.opportunity_key, c.outcome, d.day AS close_day, o.amount_minor, o.currency,
        r.currency AS rate_currency, r.rate_digits, r.rate_scale, u.minor_per_unit,
        -- Estimated in floating point, with a margin below both limits: 2^63 for the value and
        -- 2^127 for the product before the division.
        ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit > 1.6e38
            OR ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit
                / (u.minor_per_unit * CAST(power_of_ten(r.rate_scale) AS DOUBLE)) > 9.2e18 AS value_too_large
    FROM opportunity_closes AS c
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = c.opportunity_key
    CROSS JOIN settings AS g
    LEFT JOIN anchor_days AS d ON d.anchor_us = c.closed_us
    LEFT JOIN currencies AS u ON u.currency = o.currency
    LEFT JOIN rate_periods AS r
        ON r.currency = o.currency AND r.effective_on <= d.day AND d.day < r.ends_before
)
SELECT
    p.opportunity_key,
    p.close_day,
    CASE
        WHEN p.outcome <> 'lost' THEN v.value_minor
        WHEN p.currency = g.currency THEN p.amount_minor
        WHEN p.value_too_large THEN NULL
        ELSE CAST(
            rounded_ratio(
                CAST(p.amount_minor AS HUGEINT) * p.rate_digits * g.minor_per_unit,
                p.minor_per_unit * power_of_ten(p.rate_scale)
            ) AS BIGINT)
    END AS value_minor
FROM priced AS p
CROSS JOIN settings AS g
LEFT JOIN conversions AS v
    ON v.opportunity_key = p.opportunity_key AND v.conversion_type = CASE p.outcome WHEN 'won' THEN 1 ELSE 0 END
