-- Counts the rows of {from} by the key in {column}, for keys that are not in {other}. {given} and
-- {where} are further conditions, or empty.
SELECT t.{column} AS key, {rows} AS n
FROM {from} AS t
ANTI JOIN {other} AS o ON o.{key} = t.{column}
WHERE t.{column} IS NOT NULL{given}{where} GROUP BY t.{column}
