-- One row per currency and day from which its rate is valid: units of it for one of the corporate
-- currency. 0001-01-01 means since ever.
SELECT IsoCode AS currency, StartDate AS effective_on, ConversionRate AS rate, _file, _line
FROM dated_rate
