-- grain: kind, members
-- Where the input contradicts itself about who somebody is, and what the run did. Nothing is joined
-- on a contradiction: each row is a decision that a person may want to look at. E-mails are not
-- shown; tables/email_conflicts.parquet has them.
-- shows: kind, members, count, conflicts, touchpoints, decision
-- columns:
--   kind | text | email_of_several_people, anonymous_of_several_people,
--     person_of_several_accounts or touchpoints_name_two_people
--   members | text | the ids of the people, or of the accounts, that contradict each other, at most
--     ten of them in order; for touchpoints_name_two_people the person who was credited
--   count | count | how many members there are
--   conflicts | count | how many e-mails, anonymous ids, people or touchpoints are in this conflict
--   touchpoints | touchpoints | touchpoints of the people in it, or under the anonymous ids
--   decision | text | what the run did
WITH email_people AS (
    SELECT DISTINCT email_conflicts.email_key, people.person_key, people.person_id
    FROM email_conflicts
    INNER JOIN node_emails ON node_emails.email_key = email_conflicts.email_key
    INNER JOIN node_persons ON node_persons.node_key = node_emails.node_key
    INNER JOIN people ON people.person_key = node_persons.person_key
),
anonymous_people AS (
    SELECT DISTINCT anonymous_nodes.node_key AS conflict, people.person_key, people.person_id
    FROM anonymous_conflicts
    INNER JOIN person_nodes AS anonymous_nodes ON anonymous_nodes.node_key = anonymous_conflicts.node_key
    INNER JOIN person_links ON person_links.from_node = anonymous_nodes.node_key
    INNER JOIN node_persons ON node_persons.node_key = person_links.to_node
    INNER JOIN people ON people.person_key = node_persons.person_key
),
account_people AS (
    SELECT DISTINCT person_records.person_key, person_records.account_id
    FROM person_records
    WHERE person_records.account_id IS NOT NULL
),
touched AS (
    SELECT person_key, SUM(touches) AS touches
    FROM touch_persons
    GROUP BY person_key
),
-- One row per conflict: its members as a sorted list, and its touchpoints.
found AS (
    SELECT
        'email_of_several_people' AS kind, LIST_SORT(LIST(email_people.person_id)) AS members,
        COALESCE(SUM(touched.touches), 0) AS touches, 'joined nobody' AS decision
    FROM email_people
    LEFT JOIN touched ON touched.person_key = email_people.person_key
    GROUP BY email_people.email_key
    UNION ALL
    SELECT
        'anonymous_of_several_people', LIST_SORT(LIST(anonymous_people.person_id)),
        COALESCE(MAX(own.touches), 0), 'belongs to nobody'
    FROM anonymous_people
    INNER JOIN node_persons ON node_persons.node_key = anonymous_people.conflict
    LEFT JOIN touched AS own ON own.person_key = node_persons.person_key
    GROUP BY anonymous_people.conflict
    UNION ALL
    SELECT
        'person_of_several_accounts', LIST_SORT(LIST(account_people.account_id)),
        COALESCE(MAX(touched.touches), 0), 'serves all of them, shown under that of the newest contact'
    FROM account_people
    LEFT JOIN touched ON touched.person_key = account_people.person_key
    GROUP BY account_people.person_key
    HAVING COUNT(*) > 1
    UNION ALL
    SELECT
        'touchpoints_name_two_people',
        [CASE WHEN STARTS_WITH(people.person_id, 'email:') THEN 'people known by e-mail' ELSE people.person_id END],
        touch_persons.touches, 'the first of contact_id, lead_id, email, anonymous_id counts'
    FROM touch_persons
    INNER JOIN people ON people.person_key = touch_persons.person_key
    WHERE touch_persons.names_disagree
),
shown AS (
    SELECT
        kind, ARRAY_TO_STRING(members[1:10], ', ') || CASE WHEN LEN(members) > 10 THEN ' and ' || (LEN(members) - 10) || ' more' ELSE '' END AS members,
        LEN(members) AS member_count, touches, decision
    FROM found
)
SELECT
    kind,
    members,
    CAST(MAX(member_count) AS BIGINT) AS count,
    CASE WHEN kind = 'touchpoints_name_two_people' THEN CAST(SUM(touches) AS BIGINT) ELSE COUNT(*) END AS conflicts,
    CAST(SUM(touches) AS BIGINT) AS touchpoints,
    MIN(decision) AS decision
FROM shown
GROUP BY kind, members
ORDER BY kind, members
