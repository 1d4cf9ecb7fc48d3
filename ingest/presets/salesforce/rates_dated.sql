-- One row per currency and day from which its rate is valid. The rate is the number of its units
-- for one unit of the corporate currency. 0001-01-01 means that the rate holds for all earlier
-- days.
SELECT IsoCode AS currency, StartDate AS effective_on, ConversionRate AS rate, _file, _line
FROM dated_rate
