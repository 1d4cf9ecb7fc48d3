-- Measures the rows of each word of a column. Spellings that differ only by case, blanks, hyphens
-- or underscores are one word, named by its first spelling in byte order. A column with more than a
-- thousand words is not measured.
WITH spellings AS (
    SELECT {column} AS word, {rows} AS n, {won} AS won, {weight} AS micros FROM {from} WHERE {column} IS NOT NULL GROUP BY {column}
)
SELECT 'word', {table}, {name}, MIN(word), NULL, SUM(n), SUM(won), SUM(micros) FROM spellings GROUP BY {plain} QUALIFY COUNT(*) OVER () <= 1000
