-- Touchpoints: memberships of campaigns, at the moment of the first response. Attendees of an event
-- are often uploaded weeks later: without a response date, they were there when it began.
WITH responses AS (
    SELECT COUNT(*) FILTER (WHERE LOWER(HasResponded) IN ('1', 'true')) > 0 AS are_marked FROM member
),
dated AS (
    SELECT
        m.*,
        CASE
            WHEN m.FirstRespondedDate IS NOT NULL THEN m.FirstRespondedDate
            WHEN REGEXP_MATCHES(LOWER(c.Type), 'event|conference|fair|trade ?show|webinar|seminar|workshop')
                AND c.StartDate < LEFT(m.CreatedDate, 10) THEN c.StartDate
            ELSE m.CreatedDate
        END AS touched_at
    FROM member AS m
    LEFT JOIN campaign AS c ON c.Id = m.CampaignId
)
SELECT
    d.Id AS touch_id, d.touched_at AS occurred_at, d.ContactId AS contact_id,
    CASE WHEN d.ContactId IS NULL THEN d.LeadId END AS lead_id, d.CampaignId AS campaign_id,
    'campaign member' AS touch_type,
    CASE WHEN r.are_marked AND COALESCE(LOWER(d.HasResponded), '') NOT IN ('1', 'true') THEN 'Sent' ELSE d.Status END AS status,
    d.LastModifiedDate AS updated_at, d._file, d._line
FROM dated AS d
CROSS JOIN responses AS r
