-- Measures the rows of each word of a column. The least spelling stands for all of a word; more than
-- a thousand words are no list of words.
WITH spellings AS (
    SELECT {column} AS word, {rows} AS n, {won} AS won, {weight} AS micros FROM {from} WHERE {column} IS NOT NULL GROUP BY {column}
)
SELECT 'word', {table}, {name}, MIN(word), NULL, SUM(n), SUM(won), SUM(micros) FROM spellings GROUP BY {plain} QUALIFY COUNT(*) OVER () <= 1000
