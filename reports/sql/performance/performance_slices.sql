-- performance_slices: one row per basis, opportunity type and model. Performance is computed for each
-- of them; slice_key is dense.
CREATE TABLE performance_slices AS
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY bases.basis, types.position, models.position) AS SMALLINT) AS slice_key,
    bases.basis, types.opportunity_type, models.model
FROM (SELECT 'period' AS basis UNION ALL SELECT 'cohort') AS bases
CROSS JOIN opportunity_types AS types
CROSS JOIN models
