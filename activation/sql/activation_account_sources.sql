-- activation_account_sources: one row per account: its first touchpoint up to as-of, its last
-- touchpoint up to its first win (or up to as-of), and the channel and campaign with the most
-- credit of its opportunities. The touchpoints are those of the people who belonged to the account
-- at the time, without the excluded ones, and without a look-back window. The primary source is
-- that of the won opportunities; if the account has won none, that of all opportunities. It is
-- chosen by money, then by units, then by the earliest touchpoint.
CREATE TABLE activation_account_sources AS
WITH account_ids AS (
    SELECT account_id FROM accounts
    UNION
    SELECT account_id FROM opportunity_facts WHERE account_id IS NOT NULL
    UNION
    SELECT account_id FROM account_people
),
counted AS (
    SELECT
        o.account_id, c.conversion_key, c.conversion_type, c.anchor_until_us, c.reverses_opportunity_id IS NOT NULL AS is_reversal
    FROM conversions AS c
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = c.opportunity_key
    WHERE c.is_counted AND o.account_id IS NOT NULL
),
wins AS (
    SELECT account_id, MIN(anchor_until_us) AS until_us
    FROM counted
    WHERE conversion_type = 1 AND NOT is_reversal
    GROUP BY account_id
),
touched AS (
    SELECT
        a.account_id, t.touch_id, t.occurred_us, t.channel_key, t.campaign_key, t.excluded_reason,
        t.occurred_us <= COALESCE(w.until_us, g.as_of_us) AS is_before
    FROM account_people AS a
    INNER JOIN touch_facts AS t ON t.person_key = a.person_key AND t.occurred_us BETWEEN a.from_us AND a.until_us
    CROSS JOIN settings AS g
    LEFT JOIN wins AS w ON w.account_id = a.account_id
    WHERE t.occurred_us <= g.as_of_us
),
firsts AS (
    SELECT account_id, touch_id, occurred_us, channel_key, campaign_key,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY occurred_us, touch_id) AS place
    FROM touched
    WHERE excluded_reason IS NULL
),
lasts AS (
    SELECT account_id, touch_id, occurred_us, channel_key, campaign_key,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY occurred_us DESC, touch_id DESC) AS place
    FROM touched
    WHERE excluded_reason IS NULL AND is_before
),
decisive AS (
    SELECT c.account_id, c.conversion_key, c.conversion_type
    FROM counted AS c
    LEFT JOIN wins AS w ON w.account_id = c.account_id
    WHERE c.conversion_type = CASE WHEN w.account_id IS NULL THEN 0 ELSE 1 END
),
sources AS (
    SELECT
        d.account_id, d.conversion_type, t.channel_key, t.campaign_key,
        SUM(t.minor) AS minor, SUM(t.millionths) AS millionths, MIN(t.occurred_us) AS first_us
    FROM decisive AS d
    INNER JOIN activation_credit AS t ON t.conversion_key = d.conversion_key
    WHERE t.touch_row IS NOT NULL AND (t.millionths <> 0 OR t.minor <> 0)
    GROUP BY d.account_id, d.conversion_type, t.channel_key, t.campaign_key
),
primaries AS (
    SELECT
        account_id, conversion_type, channel_key, campaign_key, minor, millionths,
        ROW_NUMBER() OVER (
            PARTITION BY account_id ORDER BY COALESCE(minor, 0) DESC, millionths DESC, first_us, channel_key, campaign_key
        ) AS place
    FROM sources
),
uncredited AS (
    SELECT d.account_id, ARG_MIN(t.unattributed_reason, d.conversion_key) AS reason
    FROM decisive AS d
    INNER JOIN activation_credit AS t ON t.conversion_key = d.conversion_key
    WHERE t.unattributed_reason IS NOT NULL
    GROUP BY d.account_id
)
SELECT
    i.account_id,
    f.touch_id AS first_touch_id, f.occurred_us AS first_us, f.channel_key AS first_channel_key, f.campaign_key AS first_campaign_key,
    l.touch_id AS last_touch_id, l.occurred_us AS last_us, l.channel_key AS last_channel_key, l.campaign_key AS last_campaign_key,
    CASE WHEN l.touch_id IS NOT NULL THEN CASE WHEN w.account_id IS NULL THEN 'as_of' ELSE 'first_win' END END AS last_before,
    p.channel_key AS primary_channel_key, p.campaign_key AS primary_campaign_key,
    p.conversion_type AS primary_conversion_type, CAST(p.minor AS DECIMAL(38, 0)) AS primary_minor, CAST(p.millionths AS BIGINT) AS primary_millionths,
    CASE
        WHEN f.account_id IS NOT NULL THEN NULL
        WHEN NOT EXISTS (SELECT 1 FROM account_people AS a WHERE a.account_id = i.account_id) THEN 'no_people'
        WHEN NOT EXISTS (SELECT 1 FROM touched AS t WHERE t.account_id = i.account_id) THEN 'no_touches'
        ELSE 'only_excluded'
    END AS first_reason,
    CASE WHEN f.account_id IS NOT NULL AND l.account_id IS NULL THEN 'after_conversion_only' END AS last_reason,
    CASE
        WHEN p.account_id IS NOT NULL THEN NULL
        WHEN NOT EXISTS (SELECT 1 FROM decisive AS d WHERE d.account_id = i.account_id) THEN 'no_opportunity'
        ELSE COALESCE(u.reason, 'no_credit')
    END AS primary_reason
FROM account_ids AS i
LEFT JOIN firsts AS f ON f.account_id = i.account_id AND f.place = 1
LEFT JOIN lasts AS l ON l.account_id = i.account_id AND l.place = 1
LEFT JOIN wins AS w ON w.account_id = i.account_id
LEFT JOIN primaries AS p ON p.account_id = i.account_id AND p.place = 1
LEFT JOIN uncredited AS u ON u.account_id = i.account_id
