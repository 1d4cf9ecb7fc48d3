-- One row per contact and call, e-mail, meeting or task of sales: activities.
WITH deals AS (
    SELECT engagement_id, MIN(deal_id) AS deal_id
    FROM engagement_deal
    GROUP BY engagement_id
    HAVING COUNT(DISTINCT deal_id) = 1
),
people AS (
    SELECT DISTINCT engagement_id, contact_id
    FROM engagement_contact
),
kinds AS (
    SELECT id, type, owner_id
    FROM engagement
    QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY _file DESC, _line DESC) = 1
)
SELECT
    e.engagement_id || '-' || p.contact_id AS activity_id, e.property_hs_timestamp AS occurred_at,
    p.contact_id, d.deal_id AS opportunity_id, COALESCE(e.property_hubspot_owner_id, k.owner_id) AS owner,
    LOWER(COALESCE(e.type, k.type)) AS activity_type,
    COALESCE(e.property_hs_meeting_outcome, e.property_hs_call_status, e.property_hs_task_status, e.property_hs_email_status) AS outcome,
    e._file, e._line
FROM engagement_detail AS e
JOIN people AS p ON p.engagement_id = e.engagement_id
LEFT JOIN deals AS d ON d.engagement_id = e.engagement_id
LEFT JOIN kinds AS k ON k.id = e.engagement_id
