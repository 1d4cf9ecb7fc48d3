-- emails: one row per distinct e-mail (already trimmed and in lower case); email_key is dense, from
-- 0, in byte order.
CREATE TABLE emails AS
WITH found AS (
    SELECT email FROM contacts WHERE email IS NOT NULL
    UNION SELECT email FROM leads WHERE email IS NOT NULL
    UNION SELECT email FROM touch_names WHERE email IS NOT NULL
)
SELECT CAST(ROW_NUMBER() OVER (ORDER BY email) - 1 AS BIGINT) AS email_key, email
FROM found
