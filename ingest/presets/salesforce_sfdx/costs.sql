-- One row per campaign with an actual cost and a start date: its total cost, over its days.
SELECT
    StartDate AS starts_on, COALESCE(EndDate, StartDate) AS ends_on, extId__c AS campaign_id,
    ActualCost AS amount, CurrencyIsoCode AS currency, _file, _line
FROM campaign
WHERE ActualCost IS NOT NULL AND StartDate IS NOT NULL AND TRY_CAST(ActualCost AS DOUBLE) IS DISTINCT FROM 0
