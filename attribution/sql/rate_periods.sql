-- rate_periods: one row per exchange rate, with the days on which it is the newest: from effective_on up to, not including,
-- ends_before. The periods of a currency do not overlap.
CREATE TABLE rate_periods AS
SELECT
    currency, rate_digits, rate_scale, effective_on,
    COALESCE(LEAD(effective_on) OVER (PARTITION BY currency ORDER BY effective_on), DATE '9999-12-31') AS ends_before
FROM exchange_rates
