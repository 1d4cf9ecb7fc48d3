-- One row per delivery of a person to sales up to as-of, with its outcome at as-of, the channel of
-- the first touchpoint of its journey and the campaign of the last one.
SELECT
    people.person_id, MAKE_TIMESTAMP(deliveries.delivered_us) AS delivered_at, MAKE_TIMESTAMP(deliveries.window_end_us) AS window_until,
    deliveries.outcome, deliveries.is_late, deliveries.is_implied, MAKE_TIMESTAMP(deliveries.outcome_us) AS outcome_at,
    deliveries.reason, NULLIF(deliveries.owner, '(no owner)') AS owner, channels.channel, campaigns.campaign_id,
    MAKE_TIMESTAMP(deliveries.assigned_us) AS assigned_at, MAKE_TIMESTAMP(deliveries.response_us) AS responded_at
FROM deliveries
INNER JOIN people ON people.person_key = deliveries.person_key
LEFT JOIN channels ON channels.channel_key = deliveries.channel_key AND deliveries.channel_key >= 0
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = deliveries.campaign_key AND deliveries.campaign_key >= 0
ORDER BY deliveries.delivery_key
