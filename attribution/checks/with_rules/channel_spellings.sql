-- The check channel_spellings of a run whose channels are decided by rules: asked of the channels
-- that reports show.
SELECT STRING_AGG(w.word, ' / ' ORDER BY w.word) AS key, COUNT(*) AS n
FROM words AS w WHERE w.kind = 'channel' GROUP BY w.plain HAVING COUNT(*) > 1
