-- journeys: one row per counted conversion: how many touches its journey has and by which path of the buying group they
-- came, or, without any, the first reason of the list that applies. The reason looks at the persons of every step.
CREATE TABLE journeys AS
WITH counted AS (
    SELECT conversion_key, COUNT(*) AS touches, MIN(step) AS step
    FROM touches
    GROUP BY conversion_key
),
untouched AS (
    SELECT c.conversion_key, c.source_key, x.opportunity_key, x.anchor_until_us
    FROM journey_sources AS c
    INNER JOIN conversions AS x ON x.conversion_key = c.source_key
    LEFT JOIN counted AS n ON n.conversion_key = c.conversion_key
    WHERE n.conversion_key IS NULL
),
roles AS (
    SELECT DISTINCT opportunity_id FROM opportunity_contacts
),
-- The last step of a buying group has the persons of every earlier one.
last_steps AS (
    SELECT MAX(step) AS step FROM group_steps
),
asked AS (
    SELECT u.conversion_key, p.person_key, p.member_from_us, p.member_until_us
    FROM untouched AS u
    INNER JOIN conversion_people AS p ON p.conversion_key = u.source_key
    CROSS JOIN last_steps AS l
    WHERE p.step = 0 OR p.step = l.step
),
touches_of_people AS (
    SELECT
        person_key, COUNT(*) AS touches,
        COUNT(CASE WHEN excluded_reason IS NULL THEN 1 END) AS not_excluded,
        MIN(CASE WHEN excluded_reason IS NULL THEN occurred_us END) AS first_us
    FROM touch_facts
    GROUP BY person_key
),
-- Of who belongs to the group at all times, all touches; of others those of their time in it.
asked_touches AS (
    SELECT a.conversion_key, t.touches, t.not_excluded, t.first_us
    FROM asked AS a
    INNER JOIN touches_of_people AS t ON t.person_key = a.person_key
    WHERE a.member_from_us = -9223372036854775808 AND a.member_until_us = 9223372036854775807
    UNION ALL
    SELECT
        a.conversion_key, COUNT(*), COUNT(CASE WHEN t.excluded_reason IS NULL THEN 1 END),
        MIN(CASE WHEN t.excluded_reason IS NULL THEN t.occurred_us END)
    FROM asked AS a
    INNER JOIN touch_facts AS t
        ON t.person_key = a.person_key AND t.occurred_us >= a.member_from_us AND t.occurred_us <= a.member_until_us
    WHERE a.member_from_us <> -9223372036854775808 OR a.member_until_us <> 9223372036854775807
    GROUP BY a.conversion_key
),
asked_people AS (
    SELECT conversion_key, COUNT(DISTINCT person_key) AS people
    FROM asked
    GROUP BY conversion_key
),
considered AS (
    SELECT
        u.conversion_key,
        COALESCE(MIN(p.people), 0) AS people,
        COALESCE(SUM(t.touches), 0) AS touches,
        COALESCE(SUM(t.not_excluded), 0) AS not_excluded,
        MIN(t.first_us) AS first_us,
        MIN(u.anchor_until_us) AS anchor_until_us
    FROM untouched AS u
    LEFT JOIN asked_people AS p ON p.conversion_key = u.conversion_key
    LEFT JOIN asked_touches AS t ON t.conversion_key = u.conversion_key
    GROUP BY u.conversion_key
),
reasons AS (
    SELECT
        u.conversion_key,
        CASE
            WHEN u.opportunity_key IS NOT NULL AND o.account_id IS NULL AND r.opportunity_id IS NULL THEN 'no_account'
            WHEN k.people = 0 THEN 'no_people'
            WHEN k.touches = 0 THEN 'no_touches'
            WHEN k.not_excluded = 0 THEN 'only_excluded'
            WHEN k.first_us > k.anchor_until_us THEN 'after_conversion_only'
            ELSE 'outside_lookback'
        END AS reason
    FROM untouched AS u
    INNER JOIN considered AS k ON k.conversion_key = u.conversion_key
    LEFT JOIN opportunity_facts AS o ON o.opportunity_key = u.opportunity_key
    LEFT JOIN roles AS r ON r.opportunity_id = o.opportunity_id
)
SELECT
    s.conversion_key,
    s.source_key,
    CAST(COALESCE(n.touches, 0) AS BIGINT) AS touches,
    p.path,
    r.reason
FROM journey_sources AS s
LEFT JOIN counted AS n ON n.conversion_key = s.conversion_key
LEFT JOIN group_steps AS p ON p.step = n.step
LEFT JOIN reasons AS r ON r.conversion_key = s.conversion_key
