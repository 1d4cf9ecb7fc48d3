-- Every touch of the input stands in the facts once, with one person.
SELECT i.touch_id, COUNT(f.touch_key) AS copies
FROM touchpoints AS i
LEFT JOIN touch_facts AS f ON f.touch_id = i.touch_id AND f.person_key IS NOT NULL
GROUP BY i.touch_id
HAVING COUNT(f.touch_key) <> 1
