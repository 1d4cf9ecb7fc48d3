-- money(minor), minor units as a decimal, is defined before these (reports/prepare.go), since its type
-- depends on the decimals of the currency. Of a currency with two it is
-- CREATE MACRO money(minor) AS CAST(minor AS DECIMAL(36, 0)) * CAST(0.01 AS DECIMAL(2, 2))
-- divided(n, d): n / d rounded to the nearest whole number, half away from zero, as rounded_ratio does,
-- but with one division; d must not be zero. It uses 64 bits if both fit, because a division of 128
-- bits takes 0.8 microseconds. The engine's // truncates towards zero.
CREATE OR REPLACE MACRO divided(n, d) AS
    CASE
        WHEN n BETWEEN -2000000000000000000 AND 2000000000000000000 AND d BETWEEN -2000000000000000000 AND 2000000000000000000
            THEN CAST((2 * CAST(n AS BIGINT) + SIGN(n) * ABS(CAST(d AS BIGINT))) // (2 * CAST(d AS BIGINT)) AS HUGEINT)
        ELSE (2 * CAST(n AS HUGEINT) + SIGN(n) * ABS(d)) // (2 * CAST(d AS HUGEINT))
    END;
-- whole(x): a DECIMAL(38, 0) as HUGEINT. The engine's own cast takes 0.7 microseconds, so a number of
-- at most 18 digits is cast by way of BIGINT.
CREATE OR REPLACE MACRO whole(x) AS
    CASE
        WHEN x BETWEEN -999999999999999999 AND 999999999999999999 THEN CAST(CAST(CAST(x AS DECIMAL(18, 0)) AS BIGINT) AS HUGEINT)
        ELSE CAST(x AS HUGEINT)
    END
;
-- micros(x), units(x): whole millionths of the currency or of a unit, as a decimal, exactly.
CREATE OR REPLACE MACRO micros(x) AS CAST(x AS DECIMAL(32, 0)) * CAST(0.000001 AS DECIMAL(6, 6));
CREATE OR REPLACE MACRO units(x) AS CAST(x AS DECIMAL(32, 0)) * CAST(0.000001 AS DECIMAL(6, 6));
-- ratio(n, d): n / d, divided once and rounded half away from zero to six decimals; NULL where d is
-- 0.
CREATE OR REPLACE MACRO ratio(n, d) AS micros(divided((n) * 1000000, NULLIF(d, 0)));
-- roas(minor, cost_micros, minor_per_unit): revenue / cost; NULL where the cost is 0.
CREATE OR REPLACE MACRO roas(minor, cost_micros, minor_per_unit) AS ratio(minor * 1000000, cost_micros * minor_per_unit);
-- roi(minor, margin_millionths, cost_micros, minor_per_unit): (revenue x margin - cost) / cost; NULL
-- where the cost is 0.
CREATE OR REPLACE MACRO roi(minor, margin_millionths, cost_micros, minor_per_unit) AS
    ratio(minor * margin_millionths - cost_micros * minor_per_unit, cost_micros * minor_per_unit);
-- days(us): microseconds, not negative, as days, rounded half away from zero to six decimals.
CREATE OR REPLACE MACRO days(us) AS micros((us + 43200) // 86400);
-- hours(us): microseconds, not negative, as hours, rounded half away from zero to six decimals.
CREATE OR REPLACE MACRO hours(us) AS micros((us + 1800) // 3600);
-- wilson_low(k, n), wilson_high(k, n): the ends of the 95 % score interval of a share of k in n, in
-- whole millionths rounded as in the funnel; 0 and 1,000,000 where n is 0. Source: E. B. Wilson,
-- Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927). The share
-- is k / n, z is 1.959963984540054.
CREATE OR REPLACE MACRO wilson_end(k, n, sign) AS
    (CAST(k AS DOUBLE) / n + 3.8414588206941254 / (2.0 * n)
        + sign * 1.959963984540054 * SQRT(CAST(k AS DOUBLE) / n * (1.0 - CAST(k AS DOUBLE) / n) / n + 3.8414588206941254 / (4.0 * n * n)))
    / (1.0 + 3.8414588206941254 / n);
CREATE OR REPLACE MACRO wilson_low(k, n) AS
    micros(CASE WHEN n = 0 THEN 0 WHEN k = 0 THEN 0 ELSE CAST(ROUND(wilson_end(k, n, -1.0) * 1000000.0) AS BIGINT) END);
CREATE OR REPLACE MACRO wilson_high(k, n) AS
    micros(CASE WHEN n = 0 THEN 1000000 WHEN k = n THEN 1000000 ELSE CAST(ROUND(wilson_end(k, n, 1.0) * 1000000.0) AS BIGINT) END);
-- case_figures(sums): the columns of paths and path_lengths about conversions and lost opportunities,
-- from their sums: minor, amount_missing, conversions, won, lost and lost_minor. UNNEST makes columns
-- of them.
CREATE OR REPLACE MACRO case_figures(sums) AS {
    'value': money(sums.minor),
    'average_value': money(divided(sums.minor, NULLIF(sums.conversions - sums.amount_missing, 0))),
    'amount_missing': CAST(sums.amount_missing AS BIGINT),
    'won': CAST(sums.won AS BIGINT),
    'lost': CAST(sums.lost AS BIGINT),
    'lost_value': money(sums.lost_minor),
    'win_rate': ratio(sums.won, sums.won + sums.lost),
    'wilson_low': wilson_low(sums.won, sums.won + sums.lost),
    'wilson_high': wilson_high(sums.won, sums.won + sums.lost),
    'closed': CAST(sums.won + sums.lost AS BIGINT),
    'small_sample': sums.won + sums.lost < 30
};
-- newcombe_low(k1, n1, k2, n2), newcombe_high(...): the ends of the 95 % interval of the difference
-- k1 / n1 - k2 / n2, from the score intervals of both; NULL where n1 or n2 is 0. Source: R. G.
-- Newcombe, Interval Estimation for the Difference between Independent Proportions, Statistics in
-- Medicine 17 (1998), method 10.
CREATE OR REPLACE MACRO newcombe_low(k1, n1, k2, n2) AS
    micros(CASE WHEN n1 > 0 AND n2 > 0 THEN CAST(ROUND(1000000.0 * (
        CAST(k1 AS DOUBLE) / n1 - CAST(k2 AS DOUBLE) / n2
        - SQRT(POWER(CAST(k1 AS DOUBLE) / n1 - wilson_end(k1, n1, -1.0), 2) + POWER(wilson_end(k2, n2, 1.0) - CAST(k2 AS DOUBLE) / n2, 2))
    )) AS BIGINT) END);
CREATE OR REPLACE MACRO newcombe_high(k1, n1, k2, n2) AS
    micros(CASE WHEN n1 > 0 AND n2 > 0 THEN CAST(ROUND(1000000.0 * (
        CAST(k1 AS DOUBLE) / n1 - CAST(k2 AS DOUBLE) / n2
        + SQRT(POWER(wilson_end(k1, n1, 1.0) - CAST(k1 AS DOUBLE) / n1, 2) + POWER(CAST(k2 AS DOUBLE) / n2 - wilson_end(k2, n2, -1.0), 2))
    )) AS BIGINT) END);
-- difference_word(low, high, more_is_better, is_mature): the verdict on the interval of a difference:
-- better or worse; cannot say if it contains zero or one side can still change; NULL without a
-- difference.
CREATE OR REPLACE MACRO difference_word(low, high, more_is_better, is_mature) AS
    CASE
        WHEN low IS NULL THEN NULL
        WHEN NOT is_mature OR (low <= 0 AND high >= 0) THEN 'cannot say'
        WHEN (low > 0) = more_is_better THEN 'better'
        ELSE 'worse'
    END
