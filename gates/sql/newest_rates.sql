-- newest_rates: one row per currency, with its newest exchange rate. The parameter is the reporting
-- currency.
CREATE OR REPLACE TABLE newest_rates AS
SELECT c.currency, c.minor_per_unit, c.currency = ? AS is_reporting, r.rate
FROM currencies AS c
LEFT JOIN (
    SELECT currency, ARG_MAX(rate_digits / POW(10, rate_scale), effective_on) AS rate FROM exchange_rates GROUP BY currency
) AS r ON r.currency = c.currency
