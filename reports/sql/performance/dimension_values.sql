-- dimension_values: one row per dimension and value of dimension_sums, with what the report calls it:
-- of more than dimension_values, the rest is (other). The largest are told apart: by revenue under
-- the primary model and cost together, then by pipeline, then by units, of both bases; of equal ones
-- the first by bytes. position is the place of the dimension.
CREATE TABLE dimension_values AS
WITH weighed AS (
    SELECT
        sums.dimension, sums.value,
        BOOL_OR(
            sums.cost <> 0 OR sums.leads <> 0 OR sums.mqls <> 0 OR sums.sqls <> 0 OR sums.opportunities <> 0 OR sums.won <> 0
            OR sums.pipeline <> 0 OR sums.open_pipeline <> 0 OR sums.revenue <> 0
        ) AS has_anything,
        SUM(sums.revenue * 1000000 + sums.cost * report_period.minor_per_unit) FILTER (WHERE models.position = 0) AS money,
        SUM(sums.pipeline) FILTER (WHERE models.position = 0) AS pipeline,
        SUM(sums.leads + sums.opportunities) FILTER (WHERE models.position = 0) AS units
    FROM dimension_sums AS sums
    INNER JOIN performance_slices AS slices ON slices.slice_key = sums.slice_key
    INNER JOIN models ON models.model = slices.model
    CROSS JOIN report_period
    GROUP BY sums.dimension, sums.value
),
ranked AS (
    SELECT
        dimension, value, value IN ('(none)', '(unattributed)', '(other)', '(no match)') AS is_kept,
        ROW_NUMBER() OVER (
            PARTITION BY dimension, value IN ('(none)', '(unattributed)', '(other)', '(no match)')
            ORDER BY has_anything DESC, COALESCE(money, 0) DESC, COALESCE(pipeline, 0) DESC, COALESCE(units, 0) DESC, value
        ) AS place
    FROM weighed
)
SELECT
    ranked.dimension, ranked.value,
    CASE WHEN ranked.is_kept OR ranked.place <= settings.dimension_values THEN ranked.value ELSE '(other)' END AS called,
    CASE
        WHEN ranked.dimension = 'channel' THEN 1
        WHEN ranked.dimension = 'campaign' THEN 2
        WHEN ranked.dimension LIKE 'campaign\_level\_%' ESCAPE '\' THEN 2 + CAST(SUBSTR(ranked.dimension, 16) AS INTEGER)
        WHEN ranked.dimension LIKE 'field\_%' ESCAPE '\' THEN 1000
        ELSE 1000 + LIST_POSITION(
            ['asset', 'source', 'medium', 'persona', 'segment', 'industry', 'account', 'parent_account', 'owner'], ranked.dimension
        )
    END AS position
FROM ranked
CROSS JOIN settings
