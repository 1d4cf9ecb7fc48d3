-- One row per channel and campaign. Reads the touch file once and groups it: the least that any
-- answer about touches costs.
SELECT channel, campaign_id, count(*) AS touches
FROM read_parquet('{in}/touchpoints.parquet')
GROUP BY channel, campaign_id;
