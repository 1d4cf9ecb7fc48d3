-- One row per opportunity that exists at as-of: its type, whether it is open, won or lost then, and
-- since when: when the history of stages last took it there, else the close.
SELECT
    facts.opportunity_id, facts.account_id, facts.opportunity_type, MAKE_TIMESTAMP(facts.created_us) AS created_at,
    CASE WHEN facts.is_open THEN 'open' WHEN facts.is_won THEN 'won' ELSE 'lost' END AS state,
    CASE
        WHEN facts.is_open THEN NULL
        WHEN facts.is_won THEN MAKE_TIMESTAMP(facts.won_us)
        ELSE COALESCE(MAKE_TIMESTAMP(labels.closed_us), given.closed_at)
    END AS closed_at
FROM opportunity_facts AS facts
INNER JOIN opportunities AS given ON given.opportunity_id = facts.opportunity_id
LEFT JOIN opportunity_labels AS labels ON labels.opportunity_key = facts.opportunity_key
CROSS JOIN settings
WHERE facts.created_from_us <= settings.as_of_us OR facts.created_from_us IS NULL
ORDER BY facts.opportunity_id
