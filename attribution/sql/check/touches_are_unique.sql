-- A touch stands at most once in a journey.
SELECT conversion_key, touch_key, COUNT(*) AS copies
FROM touches
GROUP BY conversion_key, touch_key
HAVING COUNT(*) > 1
