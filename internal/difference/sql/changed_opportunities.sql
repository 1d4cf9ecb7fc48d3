-- One row per opportunity whose credit changed, with the changed amount and the amount that moved
-- to another channel or campaign.
WITH parts AS (
    SELECT opportunity_id, conversion_type, channel, campaign_id, reason, cause, SUM(minor) AS minor
    FROM changes
    WHERE opportunity_id IS NOT NULL
    GROUP BY ALL
),
places AS (
    SELECT opportunity_id, conversion_type, channel, campaign_id, reason, SUM(minor) AS minor FROM parts GROUP BY ALL
),
worth AS (
    SELECT opportunity_id, conversion_type, SUM(minor) AS change, SUM(ABS(minor)) AS weight FROM places GROUP BY ALL
)
SELECT opportunity_id, SUM(weight) AS weight, SUM(weight - ABS(change)) AS moved FROM worth GROUP BY opportunity_id
