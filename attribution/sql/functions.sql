-- rounded_ratio(n, d): n / d rounded to the nearest whole, half away from zero; d is not zero. The
-- R of docs/reference/models.md. Of the remainder r, r >= d - r says "at least one half" without
-- doubling anything.
CREATE OR REPLACE MACRO rounded_ratio(n, d) AS
    SIGN(n) * SIGN(d) * (
        ABS(CAST(n AS HUGEINT)) // ABS(CAST(d AS HUGEINT))
        + CASE WHEN ABS(CAST(n AS HUGEINT)) % ABS(CAST(d AS HUGEINT)) >= ABS(CAST(d AS HUGEINT)) - ABS(CAST(n AS HUGEINT)) % ABS(CAST(d AS HUGEINT)) THEN 1 ELSE 0 END
    );
-- power_of_ten(n): 10 to the n, exactly.
CREATE OR REPLACE MACRO power_of_ten(n) AS CAST('1' || REPEAT('0', n) AS HUGEINT)
