-- Opportunities.
SELECT
    Id AS opportunity_id, AccountId AS account_id, Name AS name, CreatedDate AS created_at,
    CloseDate AS closed_at, StageName AS stage,
    IsWon AS is_won, IsClosed AS is_closed,
    Amount AS amount, CurrencyIsoCode AS currency, Type AS opportunity_type, OwnerId AS owner,
    CampaignId AS primary_campaign_id, LastModifiedDate AS updated_at, _file, _line
FROM opportunity
