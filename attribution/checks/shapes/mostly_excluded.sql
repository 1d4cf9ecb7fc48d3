-- Finds touchpoints that are excluded because of their {column}, if these are more than half of all
-- touchpoints. The examples are the three most frequent words, with their numbers of touchpoints.
WITH taken AS (
    SELECT COALESCE({column}, '(none)') AS word, SUM(touches) AS n FROM touch_groups
    WHERE excluded_reason = '{column}' GROUP BY {column}
),
placed AS (SELECT word, n, ROW_NUMBER() OVER (ORDER BY n DESC, word) AS place, SUM(n) OVER () AS all_taken FROM taken)
SELECT CASE WHEN p.place <= 3 THEN p.word || ' (' || CAST(p.n AS BIGINT) || ')' END AS key, p.n
FROM placed AS p
WHERE 2 * p.all_taken > (SELECT SUM(touches) FROM touch_groups)
