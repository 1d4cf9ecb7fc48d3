-- One row per delivery of a person to sales up to as-of, with its outcome at as-of.
SELECT
    people.person_id, MAKE_TIMESTAMP(deliveries.delivered_us) AS delivered_at, MAKE_TIMESTAMP(deliveries.window_end_us) AS window_until,
    deliveries.outcome, deliveries.is_late, deliveries.is_implied, MAKE_TIMESTAMP(deliveries.outcome_us) AS outcome_at,
    deliveries.reason, deliveries.owner, channels.channel, campaigns.campaign_id
FROM deliveries
INNER JOIN people ON people.person_key = deliveries.person_key
LEFT JOIN channels ON channels.channel_key = deliveries.channel_key
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = deliveries.campaign_key
ORDER BY people.person_id, deliveries.delivered_us
