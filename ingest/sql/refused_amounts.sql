-- The rows of {table} whose amount has more decimals than its currency allows, or does not fit 64
-- bits in minor units, with the reason. The parameter is the currency of rows that name none.
SELECT r.file_number, r.line,
    CASE WHEN r.amount_scale > c.exponent
        THEN 'has more decimals than ' || c.currency || ' allows; write at most ' || c.exponent || ' decimals'
        ELSE 'is too large' END AS reason,
    CASE WHEN r.amount_digits < 0 THEN '-' ELSE '' END || LEFT(p.padded, LENGTH(p.padded) - r.amount_scale)
        || CASE WHEN r.amount_scale > 0 THEN '.' || RIGHT(p.padded, r.amount_scale) ELSE '' END AS value,
    CAST(TO_JSON(r) AS VARCHAR) AS content
FROM {table} AS r
CROSS JOIN LATERAL (
    SELECT LPAD(d.digits, CAST(GREATEST(LENGTH(d.digits), r.amount_scale + 1) AS INTEGER), '0') AS padded
    FROM (SELECT CAST(ABS(CAST(r.amount_digits AS HUGEINT)) AS VARCHAR) AS digits) AS d
) AS p
INNER JOIN currencies AS c ON c.currency = COALESCE(r.currency, ?)
WHERE r.amount_scale > c.exponent
    OR ABS(CAST(r.amount_digits AS HUGEINT) * c.minor_per_unit) // CAST('1' || REPEAT('0', r.amount_scale) AS HUGEINT) > 9223372036854775807
