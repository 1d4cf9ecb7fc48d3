-- The channel names of campaigns, costs and leads, with their number of rows.
SELECT written, COUNT(*)
FROM (SELECT channel AS written FROM campaigns UNION ALL SELECT channel FROM costs UNION ALL SELECT source FROM leads) AS u
WHERE written IS NOT NULL
GROUP BY written
ORDER BY written
