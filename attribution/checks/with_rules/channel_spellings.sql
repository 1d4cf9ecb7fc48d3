-- The check channel_spellings of a run with rules of channels: it reads the channels that reports
-- show.
SELECT STRING_AGG(w.word, ' / ' ORDER BY w.word) AS key, COUNT(*) AS n
FROM words AS w WHERE w.kind = 'channel' GROUP BY w.plain HAVING COUNT(*) > 1
