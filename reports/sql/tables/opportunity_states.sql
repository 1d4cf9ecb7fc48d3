-- One row per opportunity that exists at as-of: its type, whether it is open, won or lost at as-of,
-- and since when. A reversal has the date of the CRM, because it has no row in opportunity_closes.
SELECT
    facts.opportunity_id, facts.account_id, facts.opportunity_type, MAKE_TIMESTAMP(facts.created_us) AS created_at,
    COALESCE(closes.outcome, CASE WHEN facts.is_open THEN 'open' WHEN facts.is_won THEN 'won' ELSE 'lost' END) AS state,
    CASE
        WHEN closes.opportunity_key IS NOT NULL THEN MAKE_TIMESTAMP(closes.closed_us)
        WHEN facts.is_won AND NOT facts.is_open THEN MAKE_TIMESTAMP(facts.won_us)
        WHEN NOT facts.is_open THEN given.closed_at
    END AS closed_at
FROM opportunity_facts AS facts
INNER JOIN opportunities AS given ON given.opportunity_id = facts.opportunity_id
LEFT JOIN opportunity_closes AS closes ON closes.opportunity_key = facts.opportunity_key
CROSS JOIN settings
WHERE facts.created_from_us <= settings.as_of_us OR facts.created_from_us IS NULL
ORDER BY facts.opportunity_id
