-- differences: one row per key for which no copy can be chosen, with the columns in which its
-- newest copies differ. {cases} is a list of column names, each NULL if the copies agree. At most
-- {most} columns are named.
CREATE OR REPLACE TEMPORARY TABLE differences AS
WITH found AS (
    SELECT c.copy_of, LIST_FILTER([{cases}], lambda name: name IS NOT NULL) AS names
    FROM copies AS c
    INNER JOIN candidates AS r ON r.file_number = c.file_number AND r.line = c.line
    WHERE NOT c.is_decided AND c.is_newest GROUP BY c.copy_of
)
SELECT copy_of, ARRAY_TO_STRING(names[1:{most}], ', ') || CASE WHEN LEN(names) > {most} THEN ' and ' || (LEN(names) - {most}) || ' more' ELSE '' END AS names
FROM found
