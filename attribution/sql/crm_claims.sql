-- crm_claims: one row per figure of the CRM (influence, primary_campaign, lead_source), conversion
-- of an opportunity in the reporting period, and campaign or (for lead_source) channel to which the
-- CRM gives the opportunity or a part of it. The key that does not apply is NULL. minor is the
-- amount that the CRM gives, in minor units of the reporting currency: for a primary campaign and a
-- lead source the full amount. share_micros is the share in millionths, NULL if the CRM gives an
-- amount.
CREATE TABLE crm_claims AS
SELECT
    'influence' AS crm_figure, conversion_key, campaign_key, CAST(NULL AS INTEGER) AS channel_key, influence_rows,
    CASE WHEN NOT has_amounts THEN share_micros END AS share_micros, minor
FROM crm_influence_sums
UNION ALL
SELECT 'primary_campaign', c.conversion_key, k.campaign_key, NULL, 1, 1000000, c.value_minor
FROM conversions AS c
INNER JOIN opportunity_facts AS o ON o.opportunity_key = c.opportunity_key
INNER JOIN campaign_keys AS k ON k.campaign_id = o.primary_campaign_id
WHERE c.is_counted AND c.anchor_in_period
UNION ALL
SELECT 'lead_source', c.conversion_key, NULL, s.channel_key, 1, 1000000, c.value_minor
FROM conversions AS c
INNER JOIN opportunity_lead_sources AS s ON s.opportunity_key = c.opportunity_key
WHERE c.is_counted AND c.anchor_in_period
