-- opportunity_lead_sources: one row per opportunity with a lead source: the channel of the source
-- of the first created lead, of all leads of its people with a source. Its people are the persons
-- with roles or, without any, the persons who belonged to the account at some time from the start
-- of the look-back window to the creation.
CREATE TABLE opportunity_lead_sources AS
WITH sourced AS (
    SELECT p.person_key, l.source, l.created_at, l.lead_id
    FROM leads AS l
    INNER JOIN node_persons AS p ON p.id = l.lead_id AND p.kind = 1
    WHERE l.source IS NOT NULL
),
with_roles AS (
    SELECT DISTINCT opportunity_id FROM opportunity_contacts
),
opportunity_people AS (
    SELECT o.opportunity_key, r.person_key
    FROM role_persons AS r
    INNER JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id
    UNION
    SELECT o.opportunity_key, a.person_key
    FROM opportunity_facts AS o
    CROSS JOIN settings AS g
    ANTI JOIN with_roles AS r ON r.opportunity_id = o.opportunity_id
    INNER JOIN account_people AS a ON a.account_id = o.account_id
    WHERE a.from_us <= o.created_us AND a.until_us >= o.created_us - g.lookback_us
),
placed AS (
    SELECT o.opportunity_key, s.source, ROW_NUMBER() OVER (PARTITION BY o.opportunity_key ORDER BY s.created_at, s.lead_id) AS choice
    FROM opportunity_people AS o
    INNER JOIN sourced AS s ON s.person_key = o.person_key
)
SELECT p.opportunity_key, COALESCE(c.channel_key, 0) AS channel_key
FROM placed AS p
LEFT JOIN channel_names AS n ON n.written = p.source
LEFT JOIN channels AS c ON c.channel = n.channel
WHERE p.choice = 1
