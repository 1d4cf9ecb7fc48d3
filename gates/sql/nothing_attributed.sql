-- The gate nothing_attributed: there are touchpoints and conversions of a type, but no conversion
-- of this type gets any credit.
WITH outcomes AS (
    SELECT c.conversion_type, j.reason, j.touches > 0 AS has_touches, COUNT(*) AS n, SUM(CAST(c.value_minor AS HUGEINT)) AS minor
    FROM journeys AS j
    INNER JOIN conversions AS c ON c.conversion_key = j.conversion_key
    GROUP BY c.conversion_type, j.reason, j.touches > 0
),
types AS (
    SELECT o.conversion_type, y.name, SUM(o.n) AS n, SUM(o.minor) AS minor
    FROM outcomes AS o
    INNER JOIN conversion_types AS y ON y.conversion_type = o.conversion_type
    GROUP BY o.conversion_type, y.name
    -- A type of persons is skipped if none of its persons has a touchpoint: many companies have
    -- only touchpoints of contacts.
    HAVING NOT BOOL_OR(o.has_touches) AND (o.conversion_type <= 1 OR BOOL_OR(o.reason <> 'no_touches'))
),
reasons AS (
    SELECT conversion_type, STRING_AGG(DISTINCT reason, ', ' ORDER BY reason) AS reasons
    FROM outcomes WHERE NOT has_touches GROUP BY conversion_type
),
taken AS (
    SELECT excluded_reason || '=' || CASE excluded_reason WHEN 'status' THEN COALESCE(status, '') WHEN 'touch_type' THEN COALESCE(touch_type, '') ELSE '' END AS what,
        CAST(SUM(touches) AS BIGINT) AS n
    FROM touch_groups WHERE excluded_reason IS NOT NULL GROUP BY ALL
),
most AS (
    SELECT STRING_AGG(what || '=' || n, CHR(31) ORDER BY n DESC, what) AS taken FROM (SELECT * FROM taken ORDER BY n DESC, what LIMIT 5)
)
SELECT NULL AS table_name, t.name AS column_name, NULL AS period, t.n AS rows, t.n AS value, 0 AS now, (SELECT touches FROM touch_totals) AS before,
    1 AS weight, t.minor * 1000000 // g.minor_per_unit AS micros, COALESCE(r.reasons, '') || COALESCE(CHR(31) || m.taken, '') AS keys
FROM types AS t
CROSS JOIN settings AS g
CROSS JOIN most AS m
LEFT JOIN reasons AS r ON r.conversion_type = t.conversion_type
WHERE (SELECT touches FROM touch_totals) > 0
