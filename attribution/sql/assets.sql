-- assets: one row per asset of touchpoints, in byte order. asset_key 0 is "(none)".
CREATE TABLE assets AS
WITH named AS (
    SELECT DISTINCT asset
    FROM touch_kinds
    WHERE asset IS NOT NULL AND asset NOT IN ('(none)', '(all)', '(unattributed)')
)
SELECT 0 AS asset_key, '(none)' AS asset
UNION ALL
SELECT CAST(ROW_NUMBER() OVER (ORDER BY asset) AS INTEGER), asset
FROM named
