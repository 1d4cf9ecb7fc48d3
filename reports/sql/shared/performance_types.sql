-- performance_measure, performance_further_column: the columns into which performance is pivoted,
-- in their order.
CREATE TYPE performance_measure AS ENUM (SELECT measure FROM performance_measures ORDER BY position);
ALTER TABLE performance_measures ALTER measure TYPE performance_measure;
CREATE TYPE performance_further_column AS ENUM (
    SELECT further_column
    FROM (
        SELECT 'stages_without_units' AS further_column, -1 AS position, 0 AS place
        UNION ALL SELECT stage || 's', position, 1 FROM performance_measures WHERE is_further
        UNION ALL SELECT 'cost_per_' || stage, position, 2 FROM performance_measures WHERE is_further
        UNION ALL SELECT 'cost_per_' || stage || '_all', position, 3 FROM performance_measures WHERE is_further
    )
    ORDER BY position, place
)
