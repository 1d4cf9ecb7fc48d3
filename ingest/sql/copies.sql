-- copies: one row per row of a table whose key ({key}) occurs in several rows: whether it is the
-- newest copy, whether one copy can be chosen, and whether this one is kept. {values} are the
-- columns of the table except updated_at.
CREATE OR REPLACE TEMPORARY TABLE copies AS
WITH repeated AS (
    SELECT {key} FROM candidates GROUP BY {key} HAVING COUNT(*) > 1
),
found AS (
    SELECT DENSE_RANK() OVER (ORDER BY {key_of_r}) AS copy_of, LEFT(CONCAT_WS(', ', {key_of_r}), {longest}) AS key_value, r.file_number, r.line, {updated} AS updated_at,
        CAST(TO_JSON(STRUCT_PACK({values})) AS VARCHAR) AS content
    FROM candidates AS r
    INNER JOIN repeated USING ({key})
),
placed AS (
    SELECT f.*, MAX(f.updated_at) OVER (PARTITION BY f.copy_of) AS newest FROM found AS f
),
judged AS (
    SELECT
        p.*,
        p.updated_at IS NOT DISTINCT FROM p.newest AS is_newest,
        MIN(CASE WHEN p.updated_at IS NOT DISTINCT FROM p.newest THEN p.content END) OVER (PARTITION BY p.copy_of) =
        MAX(CASE WHEN p.updated_at IS NOT DISTINCT FROM p.newest THEN p.content END) OVER (PARTITION BY p.copy_of) AS is_decided
    FROM placed AS p
)
SELECT
    j.file_number, j.line, j.copy_of, j.key_value, j.content, j.is_newest, j.is_decided,
    j.is_decided AND ROW_NUMBER() OVER (PARTITION BY j.copy_of ORDER BY j.is_newest DESC, j.file_number, j.line) = 1 AS is_kept
FROM judged AS j
