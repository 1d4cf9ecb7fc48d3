-- One row per campaign member, dated to its first response. Lists of attendees are often uploaded
-- after the event, so a member that was created after the last day of an event is dated to the
-- beginning of the event.
WITH responses AS (
    SELECT COUNT(*) FILTER (WHERE LOWER(HasResponded) IN ('1', 'true')) > 0 AS are_marked FROM member
),
campaigns AS (
    SELECT
        Id, StartDate,
        CASE WHEN REGEXP_MATCHES(LOWER(Type), 'event|conference|fair|trade ?show|webinar|seminar|workshop')
            THEN TRY_CAST(LEFT(COALESCE(EndDate, StartDate), 10) AS DATE)
        END AS event_ended_on
    FROM campaign
),
members AS (
    SELECT
        m.Id, m.CampaignId, m.LeadId, m.ContactId, m.Status, m.LastModifiedDate, m._file, m._line,
        COALESCE(LOWER(m.HasResponded), '') IN ('1', 'true') AS has_responded,
        CASE
            WHEN TRY_CAST(LEFT(m.CreatedDate, 10) AS DATE) > c.event_ended_on
                AND TRY_CAST(LEFT(COALESCE(m.FirstRespondedDate, m.CreatedDate), 10) AS DATE) > c.event_ended_on
                AND NOT REGEXP_MATCHES(COALESCE(LOWER(m.Status), ''), 'demand|record|replay') THEN c.StartDate
            ELSE COALESCE(m.FirstRespondedDate, m.CreatedDate)
        END AS touched_at
    FROM member AS m
    LEFT JOIN campaigns AS c ON c.Id = m.CampaignId
)
SELECT
    m.Id AS touch_id, m.touched_at AS occurred_at, m.ContactId AS contact_id,
    CASE WHEN m.ContactId IS NULL THEN m.LeadId END AS lead_id, m.CampaignId AS campaign_id,
    'campaign member' AS touch_type,
    CASE
        WHEN NOT r.are_marked THEN m.Status
        WHEN NOT m.has_responded THEN 'Sent'
        -- The member responded, but has a status that Tributary does not count as a response by
        -- default.
        WHEN REGEXP_REPLACE(LOWER(m.Status), '[-_ ]+', ' ', 'g')
            IN ('sent', 'delivered', 'invited', 'planned', 'queued', 'bounced', 'unsubscribed', 'no show') THEN 'Responded'
        ELSE m.Status
    END AS status,
    m.LastModifiedDate AS updated_at, m._file, m._line
FROM members AS m
CROSS JOIN responses AS r
WHERE m.ContactId IS NOT NULL OR m.LeadId IS NOT NULL
