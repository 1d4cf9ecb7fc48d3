-- grain: stage; the five most frequent are shown, with their rows
-- message: {row|rows} of stage_history about people {has|have} a word that is neither in the funnel
--   nor in the vocabulary: whoever stands there belongs to no department
-- severity: info
-- remedy: name {its|their} department under vocabulary
WITH counted AS (
    SELECT h.stage, COUNT(*) AS n FROM stage_history AS h
    INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
    ANTI JOIN vocabulary_words AS v ON v.plain = w.plain
    WHERE h.entity_type IN ('lead', 'contact') GROUP BY h.stage
)
SELECT CASE WHEN ROW_NUMBER() OVER (ORDER BY n DESC, stage) <= 5 THEN stage || ' (' || n || ')' END AS key, n FROM counted
