-- One row per campaign. Its Type is the channel; a campaign without Type has none.
SELECT
    extId__c AS campaign_id, Name AS name, Type AS channel, "Parent.extId__c" AS parent_campaign_id,
    StartDate AS starts_on, EndDate AS ends_on, BudgetedCost AS budget, CurrencyIsoCode AS currency, _file, _line
FROM campaign
