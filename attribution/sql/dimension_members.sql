-- dimension_members: one row per dimension of touchpoints or conversions and word of the data, with
-- the value that reports show for the word and the dense key of this value, from 1. Unknown values
-- have no row and the key 0. Assets, sources, mediums and personas show the 10,000 words with the
-- most touchpoints or persons. Segments, industries, accounts and owners show as many words as the
-- setting dimension_values: those with the greatest amounts won in the reporting period, then
-- created, then with the most conversions. Ties are broken by byte order. All other words are
-- (other).
CREATE TABLE dimension_members AS
WITH labels AS (
    UNPIVOT (SELECT conversion_key, account, parent_account, segment, industry, owner FROM conversion_labels)
    ON account, parent_account, segment, industry, owner INTO NAME dimension VALUE word
),
found AS (
    SELECT 'asset' AS dimension, asset AS word, SUM(touches) AS won, 0 AS created, 0 AS units FROM touch_kinds GROUP BY asset
    UNION ALL
    SELECT 'source', source, SUM(touches), 0, 0 FROM touch_kinds GROUP BY source
    UNION ALL
    SELECT 'medium', medium, SUM(touches), 0, 0 FROM touch_kinds GROUP BY medium
    UNION ALL
    SELECT 'persona', persona, COUNT(*), 0, 0 FROM person_labels GROUP BY persona
    UNION ALL
    SELECT
        labels.dimension, labels.word,
        COALESCE(SUM(conversions.value_minor) FILTER (WHERE conversions.conversion_type = 1), 0),
        COALESCE(SUM(conversions.value_minor) FILTER (WHERE conversions.conversion_type = 0), 0),
        COUNT(*)
    FROM labels
    INNER JOIN conversions
        ON conversions.conversion_key = labels.conversion_key AND conversions.is_counted AND conversions.anchor_in_period
    GROUP BY labels.dimension, labels.word
    UNION ALL
    -- Conversions outside of the period, whose touchpoints can be inside of it.
    SELECT DISTINCT labels.dimension, labels.word, 0, 0, 0
    FROM labels
    INNER JOIN conversions
        ON conversions.conversion_key = labels.conversion_key AND conversions.is_counted AND NOT conversions.anchor_in_period
),
weighed AS (
    SELECT dimension, word, SUM(won) AS won, SUM(created) AS created, SUM(units) AS units
    FROM found
    WHERE word NOT IN ('(none)', '(unattributed)')
    GROUP BY dimension, word
),
ranked AS (
    SELECT dimension, word, ROW_NUMBER() OVER (PARTITION BY dimension ORDER BY won DESC, created DESC, units DESC, word) AS place
    FROM weighed
),
called AS (
    SELECT
        ranked.dimension, ranked.word,
        CASE
            WHEN ranked.place <= CASE WHEN ranked.dimension IN ('asset', 'source', 'medium', 'persona') THEN 10000 ELSE settings.dimension_values END
                THEN ranked.word
            ELSE '(other)'
        END AS value
    FROM ranked
    CROSS JOIN settings
)
SELECT dimension, word, value, CAST(DENSE_RANK() OVER (PARTITION BY dimension ORDER BY value) AS INTEGER) AS member_key
FROM called
