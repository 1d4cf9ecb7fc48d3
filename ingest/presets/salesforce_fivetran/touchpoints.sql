-- One row per campaign member, dated to its first response. Lists of attendees are often uploaded
-- after the event, so a member that was created after the last day of an event is dated to the
-- beginning of the event. In history mode a table has every version of a record; the current one is
-- taken.
WITH responses AS (
    SELECT COUNT(*) FILTER (WHERE LOWER(has_responded) IN ('1', 't', 'true')) > 0 AS are_marked FROM campaign_member
),
present_campaigns AS (
    SELECT id, type, start_date, end_date, _file, _line
    FROM campaign
    WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
    ) = 1
),
campaigns AS (
    SELECT
        id, start_date,
        CASE WHEN REGEXP_MATCHES(LOWER(type), 'event|conference|fair|trade ?show|webinar|seminar|workshop')
            THEN TRY_CAST(LEFT(COALESCE(end_date, start_date), 10) AS DATE)
        END AS event_ended_on
    FROM present_campaigns
),
present_members AS (
    SELECT id, campaign_id, lead_id, contact_id, status, has_responded, first_responded_date, created_date, last_modified_date, _file, _line
    FROM campaign_member
    WHERE COALESCE(LOWER(_fivetran_active), 'true') IN ('true', 't', '1')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY id ORDER BY _fivetran_start IS NOT NULL, _fivetran_start DESC, _fivetran_synced DESC, _file, _line
    ) = 1
),
members AS (
    SELECT
        m.id, m.campaign_id, m.lead_id, m.contact_id, m.status, m.last_modified_date, m._file, m._line,
        COALESCE(LOWER(m.has_responded), '') IN ('1', 't', 'true') AS is_response,
        CASE
            WHEN TRY_CAST(LEFT(m.created_date, 10) AS DATE) > c.event_ended_on
                AND TRY_CAST(LEFT(COALESCE(m.first_responded_date, m.created_date), 10) AS DATE) > c.event_ended_on
                AND NOT REGEXP_MATCHES(COALESCE(LOWER(m.status), ''), 'demand|record|replay') THEN c.start_date
            ELSE COALESCE(m.first_responded_date, m.created_date)
        END AS touched_at
    FROM present_members AS m
    LEFT JOIN campaigns AS c ON c.id = m.campaign_id
)
SELECT
    m.id AS touch_id, m.touched_at AS occurred_at, m.contact_id,
    CASE WHEN m.contact_id IS NULL THEN m.lead_id END AS lead_id, m.campaign_id,
    'campaign member' AS touch_type,
    CASE
        WHEN NOT r.are_marked THEN m.status
        WHEN NOT m.is_response THEN 'Sent'
        -- The member responded, but has a status that Tributary does not count as a response by
        -- default.
        WHEN REGEXP_REPLACE(LOWER(m.status), '[-_ ]+', ' ', 'g')
            IN ('sent', 'delivered', 'invited', 'planned', 'queued', 'bounced', 'unsubscribed', 'no show') THEN 'Responded'
        ELSE m.status
    END AS status,
    m.last_modified_date AS updated_at, m._file, m._line
FROM members AS m
CROSS JOIN responses AS r
WHERE m.contact_id IS NOT NULL OR m.lead_id IS NOT NULL
