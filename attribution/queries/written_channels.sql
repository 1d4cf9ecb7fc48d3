-- The channels that campaigns, costs and leads name, with their rows.
SELECT written, COUNT(*)
FROM (SELECT channel AS written FROM campaigns UNION ALL SELECT channel FROM costs UNION ALL SELECT source FROM leads) AS u
WHERE written IS NOT NULL
GROUP BY written
ORDER BY written
