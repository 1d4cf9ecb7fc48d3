-- One row per activity: touchpoints. Marketo has the same numbers for kinds of activities at all
-- its customers. Kinds that are not listed here are no actions of a person.
WITH kinds AS (
    SELECT * FROM (VALUES
        ('1', 'web page visit', 'visited', 'website'),
        ('2', 'form', 'submitted', 'website form'),
        ('3', 'link click', 'clicked', 'website'),
        ('6', 'email', 'sent', 'email'),
        ('7', 'email', 'delivered', 'email'),
        ('8', 'email', 'bounced', 'email'),
        ('27', 'email', 'bounced', 'email'),
        ('9', 'email', 'unsubscribed', 'email'),
        ('10', 'email', 'opened', 'email'),
        ('11', 'email', 'clicked', 'email')
    ) AS k (type_id, touch_type, status, channel)
),
smart_campaigns AS (
    SELECT id, program_id
    FROM campaign
    QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY updated_at DESC NULLS LAST, _file DESC, _line DESC) = 1
),
emails AS (
    SELECT id, program_id
    FROM email_template
    QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY updated_at DESC NULLS LAST, _file DESC, _line DESC) = 1
),
programs AS (
    SELECT DISTINCT id
    FROM program
    WHERE channel IS NOT NULL
)
SELECT
    'marketo-' || a.id AS touch_id, a.activity_date AS occurred_at, a.lead_id,
    COALESCE(c.program_id, e.program_id) AS campaign_id, k.touch_type, k.status,
    CASE WHEN p.id IS NULL THEN k.channel END AS channel,
    COALESCE(a.link, a.webpage_url, a.primary_attribute_value) AS asset, a._file, a._line
FROM activity AS a
JOIN kinds AS k ON k.type_id = a.activity_type_id
LEFT JOIN smart_campaigns AS c ON c.id = a.campaign_id
LEFT JOIN emails AS e ON k.touch_type = 'email' AND e.id = COALESCE(a.email_template_id, a.primary_attribute_value_id)
LEFT JOIN programs AS p ON p.id = COALESCE(c.program_id, e.program_id)
WHERE a.lead_id NOT IN (SELECT lead_id FROM deletion WHERE lead_id IS NOT NULL)
