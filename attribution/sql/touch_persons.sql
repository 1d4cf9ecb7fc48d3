-- touch_persons: one row per name of touchpoints (touch_names): its person, the column that decided
-- on this person (named_by), whether another column names someone else (names_disagree), why the
-- touchpoints of the person do not count (NULL if they do), and whether the person has a record and
-- an account.
CREATE TABLE touch_persons AS
WITH named AS (
    SELECT
        t.name_key, t.touches,
        c.person_key AS by_contact, l.person_key AS by_lead, e.person_key AS by_email, a.person_key AS by_anonymous,
        b.person_key AS by_account
    FROM touch_names AS t
    LEFT JOIN node_persons AS c ON c.id = t.contact_id AND c.kind = 0
    LEFT JOIN node_persons AS l ON l.id = t.lead_id AND l.kind = 1
    LEFT JOIN emails AS m ON m.email = t.email
    LEFT JOIN email_persons AS e ON e.email_key = m.email_key
    LEFT JOIN node_persons AS a ON a.id = t.anonymous_id AND a.kind = 2
    LEFT JOIN node_persons AS b
        ON b.id = t.account_id AND b.kind = 3 AND COALESCE(t.contact_id, t.lead_id, t.email, t.anonymous_id) IS NULL
)
SELECT
    t.name_key,
    t.touches,
    p.person_key,
    CASE
        WHEN t.by_contact IS NOT NULL THEN 'contact_id'
        WHEN t.by_lead IS NOT NULL THEN 'lead_id'
        WHEN t.by_email IS NOT NULL THEN 'email'
        WHEN t.by_anonymous IS NOT NULL THEN 'anonymous_id'
        ELSE 'account_id'
    END AS named_by,
    COALESCE(t.by_lead <> p.person_key, FALSE) OR COALESCE(t.by_email <> p.person_key, FALSE)
        OR COALESCE(t.by_anonymous <> p.person_key, FALSE) AS names_disagree,
    p.excluded_reason,
    p.is_recorded,
    p.account_id IS NOT NULL AS has_account
FROM named AS t
INNER JOIN people AS p ON p.person_key = COALESCE(t.by_contact, t.by_lead, t.by_email, t.by_anonymous, t.by_account)
