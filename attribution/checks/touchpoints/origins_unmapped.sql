-- grain: source and medium
-- message: {touchpoint, more than half of those with a source or medium, is|touchpoints, more than
--   half of those with a source or medium, are} in no channel of the rules
-- severity: warning
-- remedy: the report channel_mapping lists them; add rules for them under channels
WITH origins AS (
    SELECT COALESCE(m.source, '(none)') || ' / ' || COALESCE(m.medium, '(none)') AS key, m.rule, k.touches
    FROM kind_channels AS m INNER JOIN touch_kinds AS k ON k.kind_key = m.kind_key
    WHERE m.source IS NOT NULL OR m.medium IS NOT NULL
)
SELECT key, CAST(SUM(touches) AS BIGINT) AS n FROM origins WHERE rule IS NULL
    AND 2 * (SELECT SUM(touches) FROM origins WHERE rule IS NULL) > (SELECT SUM(touches) FROM origins)
GROUP BY key
