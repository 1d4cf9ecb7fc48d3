-- One row per opportunity. If the file has no IsWon, the stage decides whether the opportunity is
-- won.
SELECT
    extId__c AS opportunity_id, "Account.extId__c" AS account_id, Name AS name, CreatedDate AS created_at,
    CloseDate AS closed_at, StageName AS stage, IsWon AS is_won, IsClosed AS is_closed,
    Amount AS amount, CurrencyIsoCode AS currency, Type AS opportunity_type,
    "Campaign.extId__c" AS primary_campaign_id, LastModifiedDate AS updated_at, _file, _line
FROM opportunity
