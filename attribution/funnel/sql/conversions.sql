-- One row per counted conversion that the funnel counts: its unit (a person or an opportunity), its
-- conversion type, the channel and the campaign of the first touchpoint of its journey (-1: none),
-- and the credited amount. A reversal in the reporting period also has its instant, the position of
-- its opportunity type, and the reversed opportunity.
WITH reversed AS (
    SELECT roots.conversion_key, conversions.opportunity_key
    FROM reversal_roots AS roots
    INNER JOIN conversions ON conversions.conversion_key = roots.root_key
)
SELECT
    CAST(conversions.conversion_type AS BIGINT) AS conversion_type,
    COALESCE(conversions.person_key, conversions.opportunity_key) AS unit_key,
    CAST(COALESCE(journeys.first_channel_key, -1) AS BIGINT) AS channel_key,
    CAST(COALESCE(journeys.first_campaign_key, -1) AS BIGINT) AS campaign_key,
    COALESCE(conversions.value_minor, 0) AS value_minor,
    CAST(CASE WHEN conversions.reverses_opportunity_id IS NOT NULL AND conversions.anchor_in_period THEN 1 ELSE 0 END AS BIGINT) AS takes_back,
    conversions.anchor_us,
    CAST(types.position AS BIGINT) AS opportunity_type,
    COALESCE(reversed.opportunity_key, conversions.opportunity_key, -1) AS reversed_key
FROM conversions
INNER JOIN opportunity_types AS types ON types.opportunity_type = conversions.opportunity_type
INNER JOIN journeys ON journeys.conversion_key = conversions.conversion_key
LEFT JOIN reversed ON reversed.conversion_key = conversions.conversion_key
WHERE conversions.is_counted AND (conversions.opportunity_key IS NOT NULL OR journeys.first_channel_key IS NOT NULL)
