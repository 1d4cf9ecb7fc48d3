-- Every touch of the input has one row and one person.
SELECT i.touches AS in_input, f.touches AS in_facts
FROM (SELECT COUNT(*) AS touches FROM touchpoints) AS i
CROSS JOIN (SELECT COUNT(*) AS touches FROM touch_facts) AS f
WHERE i.touches <> f.touches
