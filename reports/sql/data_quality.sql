-- grain: table, check
-- Which checks of the data were made, and what they found. A check that found nothing is listed
-- too, as ok. If a check found several things in one table, the most serious one stands for all.
-- Tables are in the order of the input contract.
-- shows: severity, table, check, rows, meaning, remedy, examples
-- default: severity != ok
-- columns:
--   table | text | the table of the input; (run) for the run as a whole
--   check | text | name of the check
--   severity | text | `error`, `warning`, `info` or `ok`
--   rows | rows | number of rows found: of the table, or of what `meaning` counts
--   examples | keys | up to five keys, the smallest first, in the order of bytes. A key that
--     contains a comma or a blank is in quotes
--   meaning | text | what is counted: read it as a continuation of `rows`
--   remedy | text | what to do; empty if there is nothing to do or it is obvious
WITH ranked AS (
    SELECT
        findings.*,
        SUM(findings.found) OVER (PARTITION BY findings.table_name, findings.check_name) AS found_in_all,
        MIN(findings.position) OVER (PARTITION BY findings.table_name, findings.check_name) AS first_position,
        ROW_NUMBER() OVER (
            PARTITION BY findings.table_name, findings.check_name
            ORDER BY
                CASE findings.severity WHEN 'refuse' THEN 0 WHEN 'error' THEN 1 WHEN 'warning' THEN 2 WHEN 'info' THEN 3 ELSE 4 END,
                findings.position
        ) AS choice
    FROM findings
)
SELECT
    ranked.table_name AS "table",
    ranked.check_name AS "check",
    ranked.severity,
    CAST(ranked.found_in_all AS BIGINT) AS rows,
    ranked.examples,
    ranked.meaning,
    ranked.remedy
FROM ranked
WHERE ranked.choice = 1
ORDER BY ranked.first_position
