-- Every touchpoint as the pass over journeys reads it: narrow, and in no order. A test pins its
-- plan: the joins hash the small sides, and nothing is sorted.
SELECT
    CAST(p.person_key AS INTEGER) AS person, r.occurred_us, CAST(r.touch_row AS UINTEGER) AS touch_row,
    CAST(k.kind AS UINTEGER) AS kind
FROM touch_rows AS r
INNER JOIN touch_persons AS p ON p.name_key = r.name_key
INNER JOIN touch_kind_facts AS k ON k.kind_key = r.kind_key
