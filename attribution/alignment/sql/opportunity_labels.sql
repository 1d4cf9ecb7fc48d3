-- opportunity_labels: one row per opportunity of the reports, which leave out reversals,
-- opportunities of test accounts, and those created after as-of. It has the account with its
-- segment, the type, whether opportunity_closes says that it was won or lost by as-of and when, and
-- the amounts of pipeline and revenue in minor units (NULL: not known). Of a close without a time,
-- closed_us is the last microsecond of the day and closed_from_us the first one. A loss without a
-- date has no closed_us and belongs to no period.
CREATE TABLE opportunity_labels AS
SELECT
    facts.opportunity_key, facts.opportunity_id, facts.opportunity_type, facts.account_id,
    facts.created_us, facts.created_from_us,
    NULLIF(closes.outcome, 'open') AS outcome, closes.closed_us, closes.closed_from_us,
    pipeline.value_minor AS pipeline_minor, revenue.value_minor AS revenue_minor,
    COALESCE(accounts.segment, '(none)') AS segment
FROM opportunity_facts AS facts
LEFT JOIN opportunity_closes AS closes ON closes.opportunity_key = facts.opportunity_key
LEFT JOIN conversions AS pipeline ON pipeline.opportunity_key = facts.opportunity_key AND pipeline.conversion_type = 0
LEFT JOIN conversions AS revenue ON revenue.opportunity_key = facts.opportunity_key AND revenue.conversion_type = 1
LEFT JOIN accounts ON accounts.account_id = facts.account_id
ANTI JOIN test_accounts AS tests ON tests.account_id = facts.account_id
WHERE facts.reverses_opportunity_id IS NULL
    AND (facts.created_us IS NULL OR facts.created_from_us <= (SELECT as_of_us FROM settings))
