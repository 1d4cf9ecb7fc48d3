-- activation_salesforce_influence: one row per opportunity, campaign and contact of its journey, or
-- reason why a share cannot be loaded into Salesforce. The millionths of an opportunity sum to
-- 1,000,000. A reversal has the shares of the opportunity that it reverses. The contact is the
-- contact record of the person with a role in the opportunity or, without a role, its newest
-- contact record; it is NULL if the person has none.
CREATE TABLE activation_salesforce_influence AS
WITH wanted AS (
    SELECT c.conversion_key, c.opportunity_id, j.source_key, c.reverses_opportunity_id IS NOT NULL AS is_reversal
    FROM conversions AS c
    INNER JOIN activation_settings AS a ON a.conversion_type = c.conversion_type
    INNER JOIN journeys AS j ON j.conversion_key = c.conversion_key
    WHERE c.is_counted
),
credited AS (
    SELECT w.conversion_key, w.opportunity_id, t.touch_row, t.campaign_key, t.unattributed_reason, t.millionths
    FROM wanted AS w
    INNER JOIN activation_credit AS t ON t.conversion_key = w.source_key
    WHERE t.millionths > 0
),
role_contacts AS (
    SELECT
        r.opportunity_id, p.person_key, r.contact_id, r.role,
        ROW_NUMBER() OVER (
            PARTITION BY r.opportunity_id, p.person_key
            ORDER BY r.contact_id IS NULL, COALESCE(r.is_primary, FALSE) DESC, r.contact_id, r.role NULLS LAST
        ) AS choice
    FROM opportunity_contacts AS r
    INNER JOIN node_persons AS p
        ON p.id = COALESCE(r.contact_id, r.lead_id) AND p.kind = CASE WHEN r.contact_id IS NULL THEN 1 ELSE 0 END
),
contact_records AS (
    SELECT
        r.person_key, n.id AS contact_id,
        ROW_NUMBER() OVER (PARTITION BY r.person_key ORDER BY r.created_us DESC NULLS LAST, n.id DESC) AS choice
    FROM person_records AS r
    INNER JOIN node_persons AS n ON n.node_key = r.node_key
    WHERE r.kind = 0
),
shares AS (
    SELECT
        c.opportunity_id, c.millionths,
        CASE
            WHEN c.unattributed_reason IS NOT NULL THEN c.unattributed_reason
            WHEN c.campaign_key = 0 THEN 'no_campaign'
            WHEN g.has_campaigns AND m.campaign_id IS NULL THEN 'unknown_campaign'
        END AS reason,
        k.campaign_id, COALESCE(o.contact_id, p.contact_id) AS contact_id, o.role
    FROM credited AS c
    CROSS JOIN (SELECT COUNT(*) > 0 AS has_campaigns FROM campaigns) AS g
    INNER JOIN campaign_keys AS k ON k.campaign_key = c.campaign_key
    LEFT JOIN campaigns AS m ON m.campaign_id = k.campaign_id
    LEFT JOIN touch_rows AS r ON r.touch_row = c.touch_row
    LEFT JOIN touch_persons AS n ON n.name_key = r.name_key
    LEFT JOIN role_contacts AS o ON o.opportunity_id = c.opportunity_id AND o.person_key = n.person_key AND o.choice = 1
    LEFT JOIN contact_records AS p ON p.person_key = n.person_key AND p.choice = 1
),
-- A reversal has no shares if this run does not credit the opportunity that it reverses.
unshared AS (
    SELECT w.opportunity_id
    FROM wanted AS w
    ANTI JOIN credited AS c ON c.conversion_key = w.conversion_key
    WHERE w.is_reversal
)
SELECT
    s.opportunity_id, s.campaign_id, s.contact_id, s.role, CAST(NULL AS VARCHAR) AS reason, CAST(SUM(s.millionths) AS BIGINT) AS millionths
FROM shares AS s
WHERE s.reason IS NULL
GROUP BY s.opportunity_id, s.campaign_id, s.contact_id, s.role
UNION ALL
SELECT
    s.opportunity_id, CASE WHEN s.reason = 'unknown_campaign' THEN s.campaign_id END AS unknown_id, NULL, NULL, s.reason,
    CAST(SUM(s.millionths) AS BIGINT)
FROM shares AS s
WHERE s.reason IS NOT NULL
GROUP BY s.opportunity_id, unknown_id, s.reason
UNION ALL
SELECT u.opportunity_id, NULL, NULL, NULL, 'reversal', 1000000
FROM unshared AS u
