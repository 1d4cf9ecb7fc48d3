-- One row per opportunity. A true-or-false column is never empty in Salesforce: in a file that
-- writes true as 1, an empty cell means false. A column without any value was not exported.
WITH marked AS (
    SELECT COUNT(IsWon) > 0 AS has_won, COUNT(IsClosed) > 0 AS has_closed FROM opportunity
)
SELECT
    o.Id AS opportunity_id, o.AccountId AS account_id, o.Name AS name, o.CreatedDate AS created_at,
    o.CloseDate AS closed_at, o.StageName AS stage,
    CASE WHEN m.has_won THEN COALESCE(o.IsWon, 'false') END AS is_won,
    CASE WHEN m.has_closed THEN COALESCE(o.IsClosed, 'false') END AS is_closed,
    o.Amount AS amount, NULLIF(o.CurrencyIsoCode, '000') AS currency, o.Type AS opportunity_type,
    o.OwnerId AS owner, o.CampaignId AS primary_campaign_id, o.LastModifiedDate AS updated_at,
    o._file, o._line
FROM opportunity AS o
CROSS JOIN marked AS m
