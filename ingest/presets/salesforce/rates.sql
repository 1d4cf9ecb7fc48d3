-- One row per currency without dated rates: its single rate, which holds for all days.
SELECT IsoCode AS currency, '0001-01-01' AS effective_on, ConversionRate AS rate, _file, _line
FROM currency
WHERE IsoCode NOT IN (SELECT IsoCode FROM dated_rate WHERE IsoCode IS NOT NULL)
