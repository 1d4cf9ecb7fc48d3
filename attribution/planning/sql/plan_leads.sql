-- plan_leads: one row per person who became a lead up to as-of: when, on which day and in which
-- month of the reporting time zone, and the channel of the first touchpoint of the journey to it
-- (-1: none). Of a date without a time, lead_from_us is the first microsecond of the day.
CREATE TABLE plan_leads AS
SELECT
    conversions.person_key, conversions.anchor_us AS lead_us, conversions.anchor_from_us AS lead_from_us, conversions.anchor_day AS lead_day,
    CAST(DATE_TRUNC('month', conversions.anchor_day) AS DATE) AS month,
    COALESCE(journeys.first_channel_key, -1) AS channel_key
FROM conversions
INNER JOIN funnel_stages AS stages ON stages.position = 1 AND stages.conversion_type = conversions.conversion_type
INNER JOIN person_labels AS persons ON persons.person_key = conversions.person_key
INNER JOIN journeys ON journeys.conversion_key = conversions.conversion_key
WHERE conversions.is_counted
