-- Finds inverted exchange rates: units of the currency for one unit of the reporting currency,
-- which is how Salesforce stores them. It compares converted amounts with the amounts in the
-- reporting currency. Opportunities and costs differ in size, so each kind has its own median. With
-- the rate as given, the amounts must differ by more than 100 times, and with the inverse rate by
-- less than 10 times: small daily costs in yen beside monthly costs in dollars meet only the first
-- condition. Amounts that are too large to be real have no micros, so that nothing overflows.
-- grain: currency
-- message: {amount is|amounts are} in a currency whose converted amounts are mostly more than 100
--   times larger or smaller than the median in the reporting currency, but similar to it with the
--   inverse rate
-- severity: warning
-- remedy: check exchange_rates: a rate is the value of one unit of the currency in the reporting
--   currency
-- money: the converted amounts
WITH amounts AS (
    SELECT 'opportunities' AS source, o.currency, CAST(MAKE_TIMESTAMP(o.created_us) AS DATE) AS day,
        CAST(o.amount_minor AS HUGEINT) * 1000000 // c.minor_per_unit AS micros
    FROM opportunity_facts AS o INNER JOIN currencies AS c ON c.currency = o.currency
    WHERE o.amount_minor <> 0
    UNION ALL
    SELECT 'costs', currency, starts_on, CAST(amount_micros AS HUGEINT) FROM costs WHERE amount_micros <> 0
),
medians AS (
    SELECT a.source, QUANTILE_DISC(ABS(a.micros), 0.5) AS median
    FROM amounts AS a INNER JOIN settings AS g ON g.currency = a.currency
    GROUP BY a.source
),
-- Each day is looked up once, because a lookup searches all periods of the currency.
rates AS (
    SELECT d.currency, d.day, r.rate_digits, r.rate_scale
    FROM (SELECT DISTINCT a.currency, a.day FROM amounts AS a INNER JOIN settings AS g ON g.currency <> a.currency) AS d
    INNER JOIN rate_periods AS r ON r.currency = d.currency AND r.effective_on <= d.day AND d.day < r.ends_before
),
rated AS (
    SELECT a.source, a.currency, a.micros, r.rate_digits, r.rate_scale, ABS(CAST(a.micros AS DOUBLE)) / m.median AS medians,
        r.rate_digits / CAST(power_of_ten(r.rate_scale) AS DOUBLE) AS rate
    FROM amounts AS a
    INNER JOIN medians AS m ON m.source = a.source
    INNER JOIN rates AS r ON r.currency = a.currency AND r.day = a.day
),
judged AS (
    SELECT *, (medians * rate > 100 OR medians * rate < 0.01) AND medians / rate <= 10 AND medians / rate >= 0.1 AS is_inverted
    FROM rated
)
SELECT currency AS key, COUNT(*) AS n,
    SUM(CASE WHEN ABS(CAST(micros AS DOUBLE)) * rate_digits < 1e30 THEN rounded_ratio(micros * rate_digits, power_of_ten(rate_scale)) END) AS micros
FROM judged
INNER JOIN (
    SELECT source, currency FROM judged GROUP BY source, currency HAVING 2 * COUNT(CASE WHEN is_inverted THEN 1 END) > COUNT(*)
) AS most USING (source, currency)
WHERE is_inverted
GROUP BY currency
