-- One row per currency that has no dated rates: its one rate, since ever.
SELECT IsoCode AS currency, '0001-01-01' AS effective_on, ConversionRate AS rate, _file, _line
FROM currency
WHERE IsoCode NOT IN (SELECT IsoCode FROM dated_rate WHERE IsoCode IS NOT NULL)
