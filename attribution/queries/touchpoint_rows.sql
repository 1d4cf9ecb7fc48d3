-- Every touchpoint as the pass over journeys reads it: few columns, and without an order. A test
-- fixes its plan: the joins build hash tables of the small relations, and nothing is sorted.
SELECT
    CAST(p.person_key AS INTEGER) AS person, r.occurred_us, CAST(r.touch_row AS UINTEGER) AS touch_row,
    CAST(k.kind AS UINTEGER) AS kind
FROM touch_rows AS r
INNER JOIN touch_persons AS p ON p.name_key = r.name_key
INNER JOIN touch_kind_facts AS k ON k.kind_key = r.kind_key
