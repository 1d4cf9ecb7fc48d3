-- Counts the rows of {from} by the key in {column} that {other} does not have. {given} and {where}
-- are further conditions, or empty.
SELECT t.{column} AS key, {rows} AS n
FROM {from} AS t
ANTI JOIN {other} AS o ON o.{key} = t.{column}
WHERE t.{column} IS NOT NULL{given}{where} GROUP BY t.{column}
