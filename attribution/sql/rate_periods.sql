-- rate_periods: one row per stretch of days in which the newest exchange rate of a currency has one
-- value: from effective_on up to, and not including, ends_before. The last stretch ends after every
-- day that the input can have, in any time zone. A row that repeats the rate before it begins no
-- stretch. The stretches of a currency do not overlap.
CREATE TABLE rate_periods AS
WITH followed AS (
    SELECT
        currency, rate_digits, rate_scale, effective_on,
        LAG(rate_digits) OVER (PARTITION BY currency ORDER BY effective_on) AS previous_digits,
        LAG(rate_scale) OVER (PARTITION BY currency ORDER BY effective_on) AS previous_scale
    FROM exchange_rates
)
SELECT
    currency, rate_digits, rate_scale, effective_on,
    COALESCE(LEAD(effective_on) OVER (PARTITION BY currency ORDER BY effective_on), DATE '9999-12-31' + 366) AS ends_before
FROM followed
WHERE rate_digits IS DISTINCT FROM previous_digits OR rate_scale IS DISTINCT FROM previous_scale
