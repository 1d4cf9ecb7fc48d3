-- grain: person_id, the least of each e-mail
-- message: {e-mail belongs|e-mails belong} to several linked groups of records and joined none of
--   them
-- severity: warning
-- remedy: look at tables/email_conflicts.parquet, which lists {it|them}
WITH conflicts AS (
    SELECT MIN(p.person_id) AS key FROM email_conflicts AS c
    INNER JOIN node_emails AS e ON e.email_key = c.email_key
    INNER JOIN node_persons AS n ON n.node_key = e.node_key
    INNER JOIN people AS p ON p.person_key = n.person_key
    GROUP BY c.email_key
)
SELECT key, COUNT(*) AS n FROM conflicts GROUP BY key
