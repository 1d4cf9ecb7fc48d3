-- One row per event of a marketing e-mail: touchpoints of the type email. The recipient's address
-- names the person.
WITH clicked AS (
    SELECT id, url
    FROM email_event_click
    QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY _file, _line) = 1
)
SELECT
    'email-' || e.id AS touch_id, e.created AS occurred_at, e.recipient AS email,
    'email' AS channel, e.email_campaign_id AS campaign_id, 'email' AS touch_type, c.url AS asset,
    CASE UPPER(e.type)
        WHEN 'CLICK' THEN 'clicked'
        WHEN 'REPLY' THEN 'replied'
        WHEN 'FORWARD' THEN 'forwarded'
        WHEN 'PRINT' THEN 'printed'
        WHEN 'OPEN' THEN 'opened'
        WHEN 'DELIVERED' THEN 'delivered'
        WHEN 'BOUNCE' THEN 'bounced'
        WHEN 'DROPPED' THEN 'bounced'
        WHEN 'SPAMREPORT' THEN 'unsubscribed'
        WHEN 'STATUSCHANGE' THEN 'unsubscribed'
        WHEN 'UNSUBSCRIBED' THEN 'unsubscribed'
        ELSE 'sent'
    END AS status,
    e._file, e._line
FROM email_event AS e
LEFT JOIN clicked AS c ON c.id = e.id
WHERE COALESCE(LOWER(e.filtered_event), 'false') NOT IN ('true', 't', '1')
