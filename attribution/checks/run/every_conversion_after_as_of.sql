-- grain: conversion type
-- message: {conversion is|conversions are} after as-of, like all others of {its|their} type, so
--   none of that type is counted
-- severity: warning
-- remedy: check --as-of
-- money: the amounts of the conversions; an opportunity is pipeline first and revenue then, so its
--   amount counts once
WITH late AS (
    SELECT conversion_type, COUNT(*) AS n, SUM(CAST(value_minor AS HUGEINT)) AS minor
    FROM conversions GROUP BY conversion_type HAVING NOT BOOL_OR(is_counted)
)
SELECT y.name AS key, l.n,
    CASE WHEN l.conversion_type = (SELECT MAX(conversion_type) FROM late WHERE conversion_type <= 1) THEN l.minor * 1000000 // g.minor_per_unit END AS micros
FROM late AS l
INNER JOIN conversion_types AS y ON y.conversion_type = l.conversion_type
CROSS JOIN settings AS g
