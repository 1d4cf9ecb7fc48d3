-- grain: sales_rating
-- message: {lead has|leads have} a sales_rating without a number, and {counts|count} as not rated
-- severity: info
-- remedy: give the word a number under quality.ratings
SELECT l.sales_rating AS key, COUNT(*) AS n FROM leads AS l
INNER JOIN words AS w ON w.kind = 'rating' AND w.word = l.sales_rating
ANTI JOIN rating_words AS r ON r.plain = w.plain
WHERE NOT REGEXP_FULL_MATCH(l.sales_rating, '-?[0-9]{1,9}(\.[0-9]{1,6})?') GROUP BY l.sales_rating
