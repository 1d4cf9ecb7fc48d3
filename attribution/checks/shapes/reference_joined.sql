-- Counts the rows of {from} that have a key in {column}, and those of them whose key is in {other}.
-- {place} is the number of the reference in unknown_references; {where} is a further condition, or
-- empty.
SELECT CASE WHEN EXISTS (SELECT 1 FROM {other}) THEN a.total - u.missing ELSE 0 END AS joined, a.total
FROM (SELECT {rows} AS total FROM {from} AS t WHERE t.{column} IS NOT NULL{where}) AS a
CROSS JOIN (SELECT COALESCE(SUM(n), 0) AS missing FROM unknown_references WHERE reference = {place}) AS u
