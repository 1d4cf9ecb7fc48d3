-- people: one row per person, with its account and how that was found (match_method: contact_account, lead_account or
-- email_domain), the moment it became a lead, and why its touches do not count, if they do not. Of a date without a time, lead_from_us
-- and lead_until_us are the bounds of the day; of any other moment both are lead_at_us. The account is a label: account_people says
-- which accounts the person serves.
CREATE TABLE people AS
WITH contact_accounts AS (
    SELECT
        p.person_key, c.account_id,
        ROW_NUMBER() OVER (PARTITION BY p.person_key ORDER BY c.created_at DESC NULLS LAST, c.contact_id DESC) AS choice
    FROM contacts AS c
    INNER JOIN node_persons AS p ON p.id = c.contact_id AND p.kind = 0
    WHERE c.account_id IS NOT NULL
),
dated_accounts AS (
    SELECT
        p.person_key, a.account_id,
        ROW_NUMBER() OVER (PARTITION BY p.person_key ORDER BY a.starts_on DESC NULLS LAST, a.account_id DESC) AS choice
    FROM account_contacts AS a
    INNER JOIN node_persons AS p ON p.id = a.contact_id AND p.kind = 0
),
lead_accounts AS (
    SELECT
        p.person_key, l.account_id,
        ROW_NUMBER() OVER (PARTITION BY p.person_key ORDER BY l.created_at DESC NULLS LAST, l.lead_id DESC) AS choice
    FROM leads AS l
    INNER JOIN node_persons AS p ON p.id = l.lead_id AND p.kind = 1
    WHERE l.account_id IS NOT NULL
),
person_emails AS (
    SELECT n.person_key, e.email_key
    FROM node_emails AS e
    INNER JOIN node_persons AS n ON n.node_key = e.node_key
    UNION
    SELECT person_key, email_key FROM person_keys WHERE email_key IS NOT NULL
),
single_account_domains AS (
    SELECT domain, MIN(account_id) AS account_id
    FROM domain_owners
    GROUP BY domain
    HAVING COUNT(*) = 1
),
domain_accounts AS (
    SELECT p.person_key, MIN(d.account_id) AS account_id
    FROM person_emails AS p
    INNER JOIN email_facts AS f ON f.email_key = p.email_key AND f.domain_matches
    INNER JOIN single_account_domains AS d ON d.domain = f.domain
    GROUP BY p.person_key
    HAVING COUNT(DISTINCT d.account_id) = 1
),
accounts_found AS (
    SELECT
        p.person_key,
        COALESCE(c.account_id, a.account_id, l.account_id, d.account_id) AS account_id,
        CASE
            WHEN c.account_id IS NOT NULL OR a.account_id IS NOT NULL THEN 'contact_account'
            WHEN l.account_id IS NOT NULL THEN 'lead_account'
            WHEN d.account_id IS NOT NULL THEN 'email_domain'
        END AS match_method
    FROM person_keys AS p
    LEFT JOIN contact_accounts AS c ON c.person_key = p.person_key AND c.choice = 1
    LEFT JOIN dated_accounts AS a ON a.person_key = p.person_key AND a.choice = 1
    LEFT JOIN lead_accounts AS l ON l.person_key = p.person_key AND l.choice = 1
    LEFT JOIN domain_accounts AS d ON d.person_key = p.person_key
),
-- When a person can have become a lead: as stage_history says, else when its leads were created, else its contacts.
lead_moments AS (
    SELECT
        p.person_key, 1 AS choice, {{micros "h.entered_at"}} AS at_us,
        {{micros "h.entered_at"}} AS from_us, {{micros "h.entered_at"}} + h.entered_at_span_us AS until_us
    FROM stage_history AS h
    INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage AND w.stage_position = 1
    INNER JOIN node_persons AS p
        ON p.id = h.entity_id AND p.kind = CASE h.entity_type WHEN 'contact' THEN 0 WHEN 'lead' THEN 1 END
    UNION ALL
    SELECT p.person_key, 2, {{micros "l.created_at"}}, {{micros "l.created_at"}} - l.created_at_span_us, {{micros "l.created_at"}}
    FROM leads AS l
    INNER JOIN node_persons AS p ON p.id = l.lead_id AND p.kind = 1
    UNION ALL
    SELECT p.person_key, 3, {{micros "c.created_at"}}, {{micros "c.created_at"}} - c.created_at_span_us, {{micros "c.created_at"}}
    FROM contacts AS c
    INNER JOIN node_persons AS p ON p.id = c.contact_id AND p.kind = 0
    CROSS JOIN settings AS g
    WHERE g.contacts_are_leads AND c.created_at IS NOT NULL
),
lead_creations AS (
    SELECT
        person_key, at_us, from_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY person_key ORDER BY choice, at_us, until_us - from_us DESC) AS place
    FROM lead_moments
),
internal_people AS (
    SELECT DISTINCT p.person_key
    FROM person_emails AS p
    INNER JOIN email_facts AS f ON f.email_key = p.email_key AND f.own_domain
)
SELECT
    k.person_key,
    CASE n.kind WHEN 0 THEN 'contact:' WHEN 1 THEN 'lead:' WHEN 2 THEN 'anonymous:' ELSE 'email:' END
        || COALESCE(n.id, e.email) AS person_id,
    a.account_id,
    a.match_method,
    l.at_us AS lead_at_us,
    l.from_us AS lead_from_us,
    l.until_us AS lead_until_us,
    CASE
        WHEN i.person_key IS NOT NULL THEN 'internal'
        WHEN t.account_id IS NOT NULL THEN 'test_account'
    END AS excluded_reason
FROM person_keys AS k
LEFT JOIN person_nodes AS n ON n.node_key = k.group_node
LEFT JOIN emails AS e ON e.email_key = k.email_key
LEFT JOIN accounts_found AS a ON a.person_key = k.person_key
LEFT JOIN lead_creations AS l ON l.person_key = k.person_key AND l.place = 1
LEFT JOIN internal_people AS i ON i.person_key = k.person_key
LEFT JOIN test_accounts AS t ON t.account_id = a.account_id
