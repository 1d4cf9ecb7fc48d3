-- grain: campaign_id
-- message: {campaign|campaigns} without a channel cannot give one to {its|their} touchpoints and
--   costs
-- severity: info
SELECT campaign_id AS key, 1 AS n
FROM campaigns
WHERE channel IS NULL
