-- amounts: one row per window, value, role and model: what the model credits in the window, in
-- minor units or millionths. A row of credit is dated by its conversion on basis period and by its
-- touchpoint on basis cohort; without a touchpoint, by its conversion.
CREATE TABLE amounts AS
WITH dated AS (
    SELECT
        valued.* EXCLUDE (converted_us, occurred_us),
        CASE asked.basis WHEN 'period' THEN valued.converted_us ELSE COALESCE(valued.occurred_us, valued.converted_us) END AS at_us
    FROM valued
    CROSS JOIN asked
),
summed AS (
    SELECT windows.position, dated.value, roles.role, roles.counts, SUM(COLUMNS('_(minor|millionths)$')) AS '\0'
    FROM dated
    INNER JOIN windows ON dated.at_us >= windows.from_us AND dated.at_us < windows.to_us
    INNER JOIN roles ON roles.conversion_type = dated.conversion_type AND (dated.is_open OR NOT roles.only_open)
    GROUP BY ALL
),
side_by_side AS (
    SELECT position, value, role, counts, model_counts, amount
    FROM summed
    UNPIVOT INCLUDE NULLS (amount FOR model_counts IN (COLUMNS('_(minor|millionths)$')))
)
SELECT position, value, role, LEFT(model_counts, LENGTH(model_counts) - LENGTH(counts) - 1) AS model, COALESCE(amount, 0) AS amount
FROM side_by_side
WHERE RIGHT(model_counts, LENGTH(counts) + 1) = '_' || counts
