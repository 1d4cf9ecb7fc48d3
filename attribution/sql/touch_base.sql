-- touch_base: one row per touch: whose it is, when, its channel and campaign, and why it does not count, if it does
-- not. touch_key is dense in the order of (occurred_at, touch_id), ids compared as bytes: the one order of journeys.
-- named_by says which of its columns named the person; names_disagree that another of them names someone else.
CREATE TABLE touch_base AS
WITH persons AS (
    SELECT
        t.touch_id,
        {{micros "t.occurred_at"}} AS occurred_us,
        t.channel, t.campaign_id, t.touch_type, t.status,
        c.person_key AS by_contact, l.person_key AS by_lead, e.person_key AS by_email, a.person_key AS by_anonymous
    FROM touchpoints AS t
    LEFT JOIN node_persons AS c ON c.id = t.contact_id AND c.kind = 0
    LEFT JOIN node_persons AS l ON l.id = t.lead_id AND l.kind = 1
    LEFT JOIN emails AS m ON m.email = t.email
    LEFT JOIN email_persons AS e ON e.email_key = m.email_key
    LEFT JOIN node_persons AS a ON a.id = t.anonymous_id AND a.kind = 2
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY t.occurred_us, t.touch_id) AS BIGINT) AS touch_key,
    t.touch_id,
    t.occurred_us,
    p.person_key,
    CASE
        WHEN t.by_contact IS NOT NULL THEN 'contact_id'
        WHEN t.by_lead IS NOT NULL THEN 'lead_id'
        WHEN t.by_email IS NOT NULL THEN 'email'
        ELSE 'anonymous_id'
    END AS named_by,
    COALESCE(t.by_lead <> p.person_key, FALSE) OR COALESCE(t.by_email <> p.person_key, FALSE)
        OR COALESCE(t.by_anonymous <> p.person_key, FALSE) AS names_disagree,
    COALESCE(h.channel_key, CASE WHEN t.channel IS NULL THEN k.channel_key END, 0) AS channel_key,
    COALESCE(k.campaign_key, 0) AS campaign_key,
    t.touch_type,
    t.status,
    CASE
        WHEN p.excluded_reason IS NOT NULL THEN p.excluded_reason
        WHEN NOT COALESCE(y.is_allowed, TRUE) THEN 'touch_type'
        WHEN NOT COALESCE(s.is_response, TRUE) THEN 'status'
        WHEN g.exclude_direct AND d.is_direct THEN 'direct'
    END AS excluded_reason
FROM persons AS t
INNER JOIN people AS p ON p.person_key = COALESCE(t.by_contact, t.by_lead, t.by_email, t.by_anonymous)
CROSS JOIN settings AS g
LEFT JOIN channels AS h ON h.channel = t.channel
LEFT JOIN campaign_keys AS k ON k.campaign_id = t.campaign_id
LEFT JOIN channels AS d ON d.channel_key = COALESCE(h.channel_key, CASE WHEN t.channel IS NULL THEN k.channel_key END, 0)
LEFT JOIN words AS y ON y.kind = 'touch_type' AND y.word = COALESCE(t.touch_type, '')
LEFT JOIN words AS s ON s.kind = 'status' AND s.word = t.status
