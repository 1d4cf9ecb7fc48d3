-- divided(n, d): rounded_ratio(n, d), which divides 128-bit integers three times at 0.8 microseconds each, by one division of floating point
-- numbers that is put right: with m = 2 |n| + |d| and e = 2 |d| the answer is the whole part q of m / e. Where it is below 10^15, the
-- floating point quotient is off by less than 1 (five roundings of 2^-53 each), so its whole part is q - 1, q or q + 1, and the
-- remainder, which is exact, tells which. NULL where n or d is.
CREATE OR REPLACE MACRO quotient_near(m, e) AS CAST(FLOOR(CAST(m AS DOUBLE) / CAST(e AS DOUBLE)) AS HUGEINT);
CREATE OR REPLACE MACRO corrected(q, r, e) AS q + CASE WHEN r < 0 THEN -1 WHEN r >= e THEN 1 ELSE 0 END;
CREATE OR REPLACE MACRO whole_quotient(m, e) AS corrected(quotient_near(m, e), m - quotient_near(m, e) * e, e);
CREATE OR REPLACE MACRO divided(n, d) AS
    CASE
        WHEN n IS NULL OR d IS NULL THEN NULL
        WHEN ABS(n) < 1e36 AND ABS(d) < 1e36 AND ABS(CAST(n AS DOUBLE)) < 9e14 * ABS(CAST(d AS DOUBLE))
            THEN SIGN(n) * SIGN(d) * whole_quotient(2 * ABS(CAST(n AS HUGEINT)) + ABS(CAST(d AS HUGEINT)), 2 * ABS(CAST(d AS HUGEINT)))
        ELSE rounded_ratio(n, d)
    END;
-- whole(x): a DECIMAL(38, 0) as HUGEINT. The engine's own cast takes 0.7 microseconds; one that fits 18 digits goes through BIGINT.
CREATE OR REPLACE MACRO whole(x) AS
    CASE
        WHEN x BETWEEN -999999999999999999 AND 999999999999999999 THEN CAST(CAST(CAST(x AS DECIMAL(18, 0)) AS BIGINT) AS HUGEINT)
        ELSE CAST(x AS HUGEINT)
    END
