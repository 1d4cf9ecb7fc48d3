-- account_people: one row per account, person and stretch of time (from_us to until_us, both
-- included) in which the person belongs to the account. The stretches of one person at one account
-- neither overlap nor adjoin. They are merged because a daily snapshot has a row per contact and
-- day, and each stretch costs a search in the touchpoints. A person belongs to every account that
-- one of its leads or contacts names, at all times. A contact with rows in account_contacts belongs
-- only to the accounts of these rows, on their days. A person belongs to the account of its e-mail
-- domain only if none of its records names an account. Touchpoints that name an account and no
-- person have a person of their own, who belongs to that account.
CREATE TABLE account_people AS
WITH dated_contacts AS (
    SELECT DISTINCT p.node_key
    FROM account_contacts AS a
    INNER JOIN node_persons AS p ON p.id = a.contact_id AND p.kind = 0
),
always AS (
    SELECT CAST(-9223372036854775808 AS BIGINT) AS from_us, CAST(9223372036854775807 AS BIGINT) AS until_us
),
named AS (
    SELECT
        a.account_id, p.person_key, 'contact_account' AS match_method,
        COALESCE(s.starts_us, w.from_us) AS from_us, COALESCE(e.ends_us, w.until_us) AS until_us
    FROM account_contacts AS a
    INNER JOIN node_persons AS p ON p.id = a.contact_id AND p.kind = 0
    CROSS JOIN always AS w
    LEFT JOIN membership_days AS s ON s.day = a.starts_on
    LEFT JOIN membership_days AS e ON e.day = a.ends_on
    WHERE a.starts_on IS NULL OR a.ends_on IS NULL OR a.starts_on <= a.ends_on
    UNION ALL
    SELECT r.account_id, r.person_key, CASE r.kind WHEN 0 THEN 'contact_account' ELSE 'lead_account' END, w.from_us, w.until_us
    FROM person_records AS r
    CROSS JOIN always AS w
    ANTI JOIN dated_contacts AS d ON d.node_key = r.node_key
    WHERE r.account_id IS NOT NULL
    UNION ALL
    SELECT p.id, p.person_key, 'account_touch', w.from_us, w.until_us
    FROM node_persons AS p
    CROSS JOIN always AS w
    WHERE p.kind = 3
    UNION ALL
    SELECT p.account_id, p.person_key, 'email_domain', w.from_us, w.until_us
    FROM people AS p
    CROSS JOIN always AS w
    WHERE p.match_method = 'email_domain'
),
-- A person and account have one method: the first one by name.
served AS (
    SELECT
        account_id, person_key, MIN(match_method) AS match_method,
        BOOL_OR(from_us = -9223372036854775808 AND until_us = 9223372036854775807) AS is_always
    FROM named
    GROUP BY account_id, person_key
),
-- Stretches that overlap or follow each other without a gap become one: an island begins where a
-- stretch starts more than a microsecond after all earlier ones have ended. The greatest integer,
-- which stands for an open end, has no successor.
begun AS (
    SELECT
        n.account_id, n.person_key, s.match_method, n.from_us, n.until_us,
        CASE WHEN n.from_us <= 1 + MAX(LEAST(n.until_us, 9223372036854775806)) OVER (
            PARTITION BY n.account_id, n.person_key ORDER BY n.from_us, n.until_us ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) THEN 0 ELSE 1 END AS begins
    FROM named AS n
    INNER JOIN served AS s ON s.account_id = n.account_id AND s.person_key = n.person_key AND NOT s.is_always
),
numbered AS (
    SELECT
        account_id, person_key, match_method, from_us, until_us,
        SUM(begins) OVER (
            PARTITION BY account_id, person_key ORDER BY from_us, until_us ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS island
    FROM begun
)
SELECT s.account_id, s.person_key, s.match_method, w.from_us, w.until_us
FROM served AS s
CROSS JOIN always AS w
WHERE s.is_always
UNION ALL
SELECT account_id, person_key, match_method, MIN(from_us), MAX(until_us)
FROM numbered
GROUP BY account_id, person_key, match_method, island
