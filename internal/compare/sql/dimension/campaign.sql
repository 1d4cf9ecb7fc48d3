-- valued: one row per row of credit: the campaign of the touchpoint.
CREATE VIEW valued AS
SELECT campaign_id AS value, credit.* FROM credit
