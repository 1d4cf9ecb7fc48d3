-- rounded_ratio(n, d): n / d rounded to the nearest whole, half away from zero; d is not zero. The R of docs/definitions.md.
CREATE MACRO rounded_ratio(n, d) AS
    SIGN(n) * SIGN(d) * ((2 * ABS(CAST(n AS HUGEINT)) + ABS(CAST(d AS HUGEINT))) // (2 * ABS(CAST(d AS HUGEINT))));
-- power_of_ten(n): 10 to the n, exactly.
CREATE MACRO power_of_ten(n) AS CAST('1' || REPEAT('0', n) AS HUGEINT)
