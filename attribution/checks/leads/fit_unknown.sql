-- grain: fit_grade
-- message: {lead has|leads have} a fit_grade that is neither good nor bad, and {counts|count} as
--   unknown fit
-- severity: info
-- remedy: list the grade under quality.fit
SELECT l.fit_grade AS key, COUNT(*) AS n FROM leads AS l
INNER JOIN words AS w ON w.kind = 'fit' AND w.word = l.fit_grade
ANTI JOIN fit_words AS f ON f.plain = w.plain GROUP BY l.fit_grade
