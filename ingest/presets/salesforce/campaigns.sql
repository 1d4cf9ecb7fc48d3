-- One row per campaign. Its Type is the channel; a campaign without Type has none.
SELECT
    Id AS campaign_id, Name AS name, Type AS channel, ParentId AS parent_campaign_id,
    StartDate AS starts_on, EndDate AS ends_on, BudgetedCost AS budget,
    NULLIF(CurrencyIsoCode, '000') AS currency, ExpectedResponse AS expected_leads,
    LastModifiedDate AS updated_at, _file, _line
FROM campaign
