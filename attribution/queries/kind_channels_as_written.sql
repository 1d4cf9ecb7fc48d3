-- kind_channels of a job without rules of channels: one row per kind of touchpoints, with its
-- channel as written.
CREATE TABLE kind_channels AS
SELECT
    kind_key, CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS medium, CAST(NULL AS VARCHAR) AS referrer, CAST(NULL AS VARCHAR) AS click_id,
    channel AS written, channel, CAST(NULL AS VARCHAR) AS rule, CAST(NULL AS VARCHAR) AS spellings
FROM touch_kinds
