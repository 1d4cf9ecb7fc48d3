-- channel_names of a job without rules of channels: one row per channel name of campaigns, costs
-- and leads, unchanged.
CREATE TABLE channel_names AS
SELECT written, written AS channel, CAST(NULL AS VARCHAR) AS rule, CAST(NULL AS VARCHAR) AS spellings
FROM (SELECT channel AS written FROM campaigns UNION SELECT channel FROM costs UNION SELECT source FROM leads) AS u
WHERE written IS NOT NULL
