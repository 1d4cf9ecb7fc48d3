-- grain: campaign_id
-- message: {campaign ends before it starts|campaigns end before they start}
-- severity: info
SELECT campaign_id AS key, 1 AS n
FROM campaigns
WHERE ends_on < starts_on
