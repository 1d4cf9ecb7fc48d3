-- valued: one row per row of credit: the value of the campaign of the touchpoint.
CREATE VIEW valued AS
SELECT COALESCE(named_campaigns.value, credit.campaign_id) AS value, credit.*
FROM credit
LEFT JOIN named_campaigns ON named_campaigns.campaign_id = credit.campaign_id
