-- activation_google_ads: one row per conversion and Google click id, or reason why a part of the
-- conversion cannot be uploaded. The millionths of a conversion sum to 1,000,000, and minor to its
-- value; minor is NULL if the conversion has no value. sent_second is the second of the conversion
-- in the upload, since the epoch. Of several rows with the same click id, name and time, Google Ads
-- takes the first and ignores the others. So if rows of one click id would share a second, each
-- later row of this table gets a second that is one earlier.
CREATE TABLE activation_google_ads AS
WITH wanted AS (
    SELECT c.conversion_key, c.anchor_us, c.value_minor, c.reverses_opportunity_id IS NOT NULL AS is_reversal
    FROM conversions AS c
    INNER JOIN activation_settings AS a ON a.conversion_type = c.conversion_type
    WHERE c.is_counted
),
credited AS (
    SELECT
        w.conversion_key, w.value_minor, t.unattributed_reason, t.touch_row, t.occurred_us, t.minor, t.millionths,
        CASE WHEN NOT REGEXP_FULL_MATCH(TRIM(p.click_id), '[A-Za-z_]{0,24}') THEN TRIM(p.click_id) END AS click_id
    FROM wanted AS w
    INNER JOIN activation_credit AS t ON t.conversion_key = w.conversion_key
    LEFT JOIN touch_rows AS r ON r.touch_row = t.touch_row
    LEFT JOIN touchpoints AS p ON p.touch_id = r.touch_id
    WHERE NOT w.is_reversal AND (t.millionths <> 0 OR t.minor <> 0)
),
-- A click id is Google's if it is called gclid, or has no name. A text of up to 24 letters is a
-- name without an id.
named AS (
    SELECT
        c.conversion_key, c.value_minor, c.unattributed_reason, c.occurred_us, c.minor, c.millionths, c.click_id,
        CASE
            WHEN REGEXP_FULL_MATCH(c.click_id, '[Gg][Cc][Ll][Ii][Dd]=[A-Za-z0-9_][A-Za-z0-9_.-]{0,511}') THEN SUBSTRING(c.click_id, 7)
            WHEN REGEXP_FULL_MATCH(c.click_id, '[A-Za-z0-9_][A-Za-z0-9_.-]{0,511}') THEN c.click_id
        END AS google_click_id
    FROM credited AS c
),
reasoned AS (
    SELECT
        n.conversion_key, n.minor, n.millionths, n.google_click_id,
        CASE
            WHEN n.value_minor < 0 THEN 'negative_value'
            WHEN n.unattributed_reason IS NOT NULL THEN n.unattributed_reason
            WHEN n.click_id IS NULL THEN 'no_click_id'
            WHEN n.google_click_id IS NULL THEN 'other_click_id'
            WHEN n.occurred_us < g.as_of_us - a.click_us THEN 'click_too_old'
        END AS reason
    FROM named AS n
    CROSS JOIN settings AS g
    CROSS JOIN activation_settings AS a
),
by_click AS (
    SELECT
        conversion_key, google_click_id, CASE WHEN SUM(millionths) = 0 THEN 'too_small' END AS reason,
        SUM(millionths) AS millionths, SUM(minor) AS minor
    FROM reasoned
    WHERE reason IS NULL
    GROUP BY conversion_key, google_click_id
),
parts AS (
    SELECT conversion_key, google_click_id, reason, millionths, minor FROM by_click WHERE reason IS NULL
    UNION ALL
    SELECT conversion_key, NULL, reason, SUM(millionths), SUM(minor)
    FROM (
        SELECT conversion_key, reason, millionths, minor FROM reasoned WHERE reason IS NOT NULL
        UNION ALL
        SELECT conversion_key, reason, millionths, minor FROM by_click WHERE reason IS NOT NULL
    )
    GROUP BY conversion_key, reason
    UNION ALL
    SELECT conversion_key, NULL, 'reversal', 1000000, value_minor FROM wanted WHERE is_reversal
),
timed AS (
    SELECT
        p.conversion_key, p.google_click_id, p.reason, CAST(p.millionths AS BIGINT) AS millionths, CAST(p.minor AS BIGINT) AS minor,
        w.anchor_us, w.anchor_us // 1000000 AS anchor_second,
        ROW_NUMBER() OVER (PARTITION BY p.google_click_id ORDER BY w.anchor_us // 1000000 DESC, p.conversion_key) AS place
    FROM parts AS p
    INNER JOIN wanted AS w ON w.conversion_key = p.conversion_key
)
SELECT
    conversion_key, google_click_id, reason, millionths, minor, anchor_us,
    CASE WHEN reason IS NULL THEN CAST(
        MIN(anchor_second + place) OVER (PARTITION BY google_click_id ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - place
        AS BIGINT
    ) END AS sent_second
FROM timed
