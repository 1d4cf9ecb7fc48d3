-- Every kind of touchpoints as the pass over journeys reads it, in the order of kind. Kinds with
-- the same channel and campaign share a place; those that also have the same type share a number in
-- the column alike.
SELECT
    f.channel_key, f.campaign_key, f.is_direct, f.excluded_reason,
    CAST(DENSE_RANK() OVER (ORDER BY f.channel_key, f.campaign_key) - 1 AS INTEGER),
    CAST(DENSE_RANK() OVER (ORDER BY f.channel_key, f.campaign_key, COALESCE(f.touch_type, '')) - 1 AS INTEGER),
    COALESCE(a.asset_key, 0), c.source_group = 'marketing'
FROM touch_kind_facts AS f
INNER JOIN touch_kinds AS k ON k.kind_key = f.kind_key
INNER JOIN channels AS c ON c.channel_key = f.channel_key
LEFT JOIN assets AS a ON a.asset = k.asset
ORDER BY f.kind
