-- The gate words_changed: a frequent word of a column is gone, or a new one is there. The gate
-- refuses the run if a missing word decides which rows count: a word that the configuration names,
-- or the stage of won opportunities.
WITH before AS (
    SELECT w.*, {plain_key} AS word, t.n AS table_n, t.micros AS table_micros
    FROM baseline AS w
    INNER JOIN baseline AS t ON t.measure = 'rows' AND t.table_name = w.table_name
    WHERE w.measure = 'word'
),
now AS (
    SELECT w.*, {plain_key} AS word, t.n AS table_n, t.micros AS table_micros
    FROM measures AS w
    INNER JOIN measures AS t ON t.measure = 'rows' AND t.table_name = w.table_name
    WHERE w.measure = 'word'
),
-- Only columns that still have words: the gate column_emptied reports those that have none.
given AS (SELECT DISTINCT table_name, column_name FROM now),
vanished AS (
    SELECT b.table_name, b.column_name, b.key, b.n, COALESCE(b.micros, 0) AS micros,
        COALESCE(b.total, 0) > 0 OR MAX(COALESCE(d.word IS NOT NULL, FALSE)) AS decides,
        COALESCE(b.micros, 0) / NULLIF(b.table_micros, 0) AS weight
    FROM before AS b
    INNER JOIN given AS g ON g.table_name = b.table_name AND g.column_name = b.column_name
    LEFT JOIN now AS n ON n.table_name = b.table_name AND n.column_name = b.column_name AND n.word = b.word
    LEFT JOIN named_words AS d ON d.column_name = b.column_name AND d.word = b.word
    WHERE n.word IS NULL
    GROUP BY b.table_name, b.column_name, b.key, b.n, b.micros, b.total, b.table_micros
),
appeared AS (
    SELECT n.table_name, n.column_name, n.key, n.n, COALESCE(n.micros, 0) AS micros
    FROM now AS n
    INNER JOIN (SELECT DISTINCT table_name, column_name FROM before) AS g ON g.table_name = n.table_name AND g.column_name = n.column_name
    LEFT JOIN before AS b ON b.table_name = n.table_name AND b.column_name = n.column_name AND b.word = n.word
    WHERE b.word IS NULL AND (n.n > 0.05 * n.table_n OR COALESCE(ABS(n.micros), 0) > 0.05 * ABS(n.table_micros))
),
changed AS (
    -- decides is 1 if a missing word decides which rows count.
    SELECT table_name, column_name, '-' || key AS word, n, micros, CASE WHEN decides THEN 1 ELSE 0 END AS decides, weight
    FROM vanished WHERE n >= 20 OR weight > 0.02
    UNION ALL
    SELECT table_name, column_name, '+' || key, n, micros, 0, 0 FROM appeared
)
SELECT table_name, column_name, NULL AS period, CAST(SUM(n) AS BIGINT) AS rows, COUNT(*) AS value, MAX(decides) AS now, 0 AS before,
    0 AS weight, CASE WHEN table_name = 'opportunities' THEN SUM(CASE WHEN word[1] = '-' THEN micros ELSE 0 END) END AS micros,
    STRING_AGG(word, CHR(31) ORDER BY word) AS keys
FROM changed
GROUP BY table_name, column_name
