-- touch_files: one row per file of touchpoints, with its number of lines and the number of its
-- first row.
CREATE OR REPLACE TABLE touch_files AS
WITH counted AS (
    SELECT CAST(file_number AS BIGINT) AS file_number, MAX(line) AS lines FROM raw_touchpoints GROUP BY file_number
)
SELECT file_number, lines, CAST(COALESCE(SUM(lines) OVER (ORDER BY file_number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS BIGINT) AS first_row
FROM counted
