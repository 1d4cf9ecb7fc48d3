-- people: one row per person, with its account and how the account was found (match_method:
-- contact_account, lead_account, account_touch or email_domain), when it became a lead, why its
-- touchpoints do not count (NULL if they do), and whether contacts or leads has a record of it. Of
-- a date without a time, lead_from_us and lead_until_us are the bounds of the day; otherwise both
-- are lead_at_us. The account is the one shown in reports; account_people has all accounts of the
-- person.
CREATE TABLE people AS
WITH candidates AS (
    SELECT
        person_key, account_id, CASE kind WHEN 0 THEN 1 ELSE 3 END AS place, created_us AS since, node_key
    FROM person_records
    WHERE account_id IS NOT NULL
    UNION ALL
    SELECT p.person_key, a.account_id, 2, CAST(a.starts_on - DATE '1970-01-01' AS BIGINT), 0
    FROM account_contacts AS a
    INNER JOIN node_persons AS p ON p.id = a.contact_id AND p.kind = 0
    UNION ALL
    SELECT person_key, id, 4, NULL, node_key
    FROM node_persons
    WHERE kind = 3
),
-- The account of a contact is preferred to those of account_contacts, these to those of leads, and
-- these to those of touchpoints; of several of one kind the newest is taken.
named AS (
    SELECT
        person_key, account_id, place,
        ROW_NUMBER() OVER (PARTITION BY person_key ORDER BY place, since DESC NULLS LAST, node_key DESC, account_id DESC) AS choice
    FROM candidates
),
person_emails AS (
    SELECT person_key, email_key FROM person_records WHERE email_key IS NOT NULL
    UNION
    SELECT person_key, email_key FROM person_keys WHERE email_key IS NOT NULL
),
single_account_domains AS (
    SELECT domain, MIN(account_id) AS account_id
    FROM domain_owners
    GROUP BY domain
    HAVING COUNT(*) = 1
),
unnamed_domains AS (
    SELECT DISTINCT p.person_key, f.domain
    FROM person_emails AS p
    INNER JOIN email_facts AS f ON f.email_key = p.email_key AND f.domain_matches
    ANTI JOIN named AS n ON n.person_key = p.person_key
),
domain_accounts AS (
    SELECT p.person_key, MIN(d.account_id) AS account_id
    FROM unnamed_domains AS p
    INNER JOIN single_account_domains AS d ON d.domain = p.domain
    GROUP BY p.person_key
    HAVING MIN(d.account_id) = MAX(d.account_id)
),
accounts_found AS (
    SELECT person_key, account_id, CASE place WHEN 3 THEN 'lead_account' WHEN 4 THEN 'account_touch' ELSE 'contact_account' END AS match_method
    FROM named
    WHERE choice = 1
    UNION ALL
    SELECT person_key, account_id, 'email_domain'
    FROM domain_accounts
),
-- The instants at which a person can have become a lead: those of stage_history or, without any,
-- the creation of its leads or, without any, of its contacts.
lead_moments AS (
    SELECT person_key, 1 AS choice, entered_us AS at_us, entered_us AS from_us, until_us
    FROM person_stages
    WHERE position = 1
    UNION ALL
    SELECT r.person_key, CASE r.kind WHEN 1 THEN 2 ELSE 3 END, r.created_us, r.created_from_us, r.created_us
    FROM person_records AS r
    CROSS JOIN settings AS g
    WHERE r.kind = 1 OR (g.contacts_are_leads AND r.created_us IS NOT NULL)
),
lead_creations AS (
    SELECT
        person_key, at_us, from_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY person_key ORDER BY choice, at_us, until_us - from_us DESC) AS place
    FROM lead_moments
),
recorded AS (
    SELECT DISTINCT person_key FROM person_records
),
internal_people AS (
    SELECT DISTINCT p.person_key
    FROM person_emails AS p
    INNER JOIN email_facts AS f ON f.email_key = p.email_key AND f.own_domain
)
SELECT
    k.person_key,
    CASE n.kind WHEN 0 THEN 'contact:' WHEN 1 THEN 'lead:' WHEN 2 THEN 'anonymous:' WHEN 3 THEN 'account:' ELSE 'email:' END
        || COALESCE(n.id, e.email) AS person_id,
    a.account_id,
    a.match_method,
    l.at_us AS lead_at_us,
    l.from_us AS lead_from_us,
    l.until_us AS lead_until_us,
    CASE
        WHEN i.person_key IS NOT NULL THEN 'internal'
        WHEN t.account_id IS NOT NULL THEN 'test_account'
    END AS excluded_reason,
    r.person_key IS NOT NULL AS is_recorded
FROM person_keys AS k
LEFT JOIN person_nodes AS n ON n.node_key = k.group_node
LEFT JOIN emails AS e ON e.email_key = k.email_key
LEFT JOIN accounts_found AS a ON a.person_key = k.person_key
LEFT JOIN lead_creations AS l ON l.person_key = k.person_key AND l.place = 1
LEFT JOIN internal_people AS i ON i.person_key = k.person_key
LEFT JOIN recorded AS r ON r.person_key = k.person_key
LEFT JOIN test_accounts AS t ON t.account_id = a.account_id
