-- One row per counted conversion that the funnel shows something of: the unit (a person or an
-- opportunity) and its conversion type, the channel of the first touch of its journey (-1: there is
-- none), the amount as it is credited, and of what a reversal takes back in the reporting period
-- the instant and the place of its opportunity type.
SELECT
    CAST(c.conversion_type AS BIGINT) AS conversion_type,
    COALESCE(c.person_key, c.opportunity_key) AS unit_key,
    CAST(COALESCE(j.first_channel_key, -1) AS BIGINT) AS channel_key,
    COALESCE(c.value_minor, 0) AS value_minor,
    CAST(CASE WHEN c.reverses_opportunity_id IS NOT NULL AND c.anchor_in_period THEN 1 ELSE 0 END AS BIGINT) AS takes_back,
    c.anchor_us,
    CAST(t.position AS BIGINT) AS opportunity_type
FROM conversions AS c
INNER JOIN opportunity_types AS t ON t.opportunity_type = c.opportunity_type
INNER JOIN journeys AS j ON j.conversion_key = c.conversion_key
WHERE c.is_counted AND (c.opportunity_key IS NOT NULL OR j.first_channel_key IS NOT NULL)
