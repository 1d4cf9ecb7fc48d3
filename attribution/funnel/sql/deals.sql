-- One row per opportunity: its key, the position of its type, the instant from which on its buying
-- group counts for it (the start of the look-back window before its creation), its account if it is
-- new business, and the keys of its segment and of the persona of its primary contact in
-- funnel_values. The account is identified by the least key of its opportunities of new business,
-- -1 if there is none.
WITH least_opportunities AS (
    SELECT account_id, MIN(opportunity_key) AS account
    FROM opportunity_facts
    WHERE opportunity_type = 'new_business'
    GROUP BY account_id
)
SELECT
    opportunities.opportunity_key,
    CAST(types.position AS BIGINT) AS opportunity_type,
    opportunities.created_us - settings.lookback_us AS serves_from_us,
    CASE WHEN opportunities.opportunity_type = 'new_business' THEN COALESCE(least.account, -1) ELSE -1 END AS account,
    CAST(COALESCE(segments.value_key, 0) AS BIGINT) AS segment_key,
    CAST(COALESCE(persona_values.value_key, 0) AS BIGINT) AS persona_key
FROM opportunity_facts AS opportunities
CROSS JOIN settings
INNER JOIN opportunity_types AS types ON types.opportunity_type = opportunities.opportunity_type
LEFT JOIN least_opportunities AS least ON least.account_id = opportunities.account_id
LEFT JOIN accounts ON accounts.account_id = opportunities.account_id
LEFT JOIN funnel_values AS segments ON segments.dimension = 'segment' AND segments.value = accounts.segment
LEFT JOIN opportunity_personas AS personas ON personas.opportunity_id = opportunities.opportunity_id
LEFT JOIN funnel_values AS persona_values ON persona_values.dimension = 'persona' AND persona_values.value = personas.persona
ORDER BY opportunities.opportunity_key
