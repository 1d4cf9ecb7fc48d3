-- rounded_ratio(n, d): n / d rounded to the nearest whole number, half away from zero. d must not
-- be zero. It is R in docs/reference/models.md. The remainder r is at least one half if r >= d - r.
-- Unlike 2 * r >= d, this comparison cannot overflow.
CREATE OR REPLACE MACRO rounded_ratio(n, d) AS
    SIGN(n) * SIGN(d) * (
        ABS(CAST(n AS HUGEINT)) // ABS(CAST(d AS HUGEINT))
        + CASE WHEN ABS(CAST(n AS HUGEINT)) % ABS(CAST(d AS HUGEINT)) >= ABS(CAST(d AS HUGEINT)) - ABS(CAST(n AS HUGEINT)) % ABS(CAST(d AS HUGEINT)) THEN 1 ELSE 0 END
    );
-- share_of(x, first, next, parts): the sum that the allocation rule gives to the parts from first
-- up to, and not including, next, if x is spread evenly over that many parts. For all parts it is x,
-- which has its own branch because most costs cover one day.
CREATE OR REPLACE MACRO share_of(x, first, next, parts) AS
    CASE
        WHEN first = 0 AND next = parts THEN CAST(x AS HUGEINT)
        ELSE rounded_ratio(CAST(x AS HUGEINT) * next, parts) - rounded_ratio(CAST(x AS HUGEINT) * first, parts)
    END;
-- power_of_ten(n): 10 to the n, exactly.
CREATE OR REPLACE MACRO power_of_ten(n) AS CAST('1' || REPEAT('0', n) AS HUGEINT);
-- converted_is_too_large(minor, digits, scale, per_unit, into_per_unit): whether converted_minor does
-- not fit 64 bits. It is estimated in floating point, far from both limits: 2^63 for the value, 2^127
-- on the way there.
CREATE OR REPLACE MACRO converted_is_too_large(minor, digits, scale, per_unit, into_per_unit) AS
    ABS(CAST(minor AS DOUBLE)) * digits * into_per_unit > 1.6e38
    OR ABS(CAST(minor AS DOUBLE)) * digits * into_per_unit / (per_unit * CAST(power_of_ten(scale) AS DOUBLE)) > 9.2e18;
-- converted_minor(minor, digits, scale, per_unit, into_per_unit): minor units of one currency, of
-- which per_unit are one unit, as minor units of another, of which into_per_unit are, at the exchange
-- rate digits / 10^scale. NULL without a rate, and if it is too large.
CREATE OR REPLACE MACRO converted_minor(minor, digits, scale, per_unit, into_per_unit) AS
    CASE
        WHEN converted_is_too_large(minor, digits, scale, per_unit, into_per_unit) THEN NULL
        ELSE CAST(rounded_ratio(CAST(minor AS HUGEINT) * digits * into_per_unit, per_unit * power_of_ten(scale)) AS BIGINT)
    END
