-- One row per campaign with an actual cost and a start date: its total cost, over its days. A
-- campaign of one day may lack EndDate.
SELECT
    StartDate AS starts_on, COALESCE(EndDate, StartDate) AS ends_on, Id AS campaign_id,
    ActualCost AS amount, NULLIF(CurrencyIsoCode, '000') AS currency, _file, _line
FROM campaign
WHERE ActualCost IS NOT NULL AND StartDate IS NOT NULL AND TRY_CAST(ActualCost AS DOUBLE) IS DISTINCT FROM 0
