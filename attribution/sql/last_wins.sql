-- last_wins: one row per opportunity whose journey begins after the last win of its account: the
-- type of the opportunity is one of journey.since_last_win, and the account had a win before.
-- last_win_us is the last microsecond of that win; touchpoints up to it do not count. The last win
-- is the latest win of the account that is counted, is no reversal, is not after the creation of
-- the opportunity, and is before the win of the opportunity itself. A date without a time is
-- neither before nor after other events of the same day: a win of that day is not after the
-- creation, and two wins of one day are not before each other.
CREATE TABLE last_wins AS
WITH wins AS (
    SELECT o.account_id, o.won_from_us, o.won_until_us
    FROM opportunity_facts AS o
    CROSS JOIN settings AS g
    WHERE o.is_won AND o.account_id IS NOT NULL AND o.reverses_opportunity_id IS NULL AND o.won_from_us <= g.as_of_us
)
SELECT o.opportunity_key, MAX(w.won_until_us) AS last_win_us
FROM opportunity_facts AS o
INNER JOIN opportunity_types AS t ON t.opportunity_type = o.opportunity_type AND t.since_last_win
INNER JOIN wins AS w ON w.account_id = o.account_id AND w.won_from_us <= COALESCE(o.created_us, o.won_us)
WHERE NOT o.is_won OR w.won_until_us < o.won_from_us
GROUP BY o.opportunity_key
