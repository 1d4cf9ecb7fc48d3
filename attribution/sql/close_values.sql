-- close_values: one row per opportunity of opportunity_closes: the day of its close in the
-- reporting time zone (NULL if it is open), and its amount in the reporting currency, converted
-- once. The amount of a won opportunity is its revenue, that of an open one its pipeline; that of a
-- lost one is converted with the newest rate at or before the day of the loss. value_minor is NULL
-- if the amount is missing; also if a loss has no exchange rate or its converted amount does not
-- fit 64 bits.
CREATE TABLE close_values AS
SELECT
    closes.opportunity_key,
    days.day AS close_day,
    CASE
        WHEN closes.outcome <> 'lost' THEN conversions.value_minor
        WHEN facts.currency = settings.currency THEN facts.amount_minor
        ELSE converted_minor(facts.amount_minor, rates.rate_digits, rates.rate_scale, currencies.minor_per_unit, settings.minor_per_unit)
    END AS value_minor
FROM opportunity_closes AS closes
CROSS JOIN settings
-- One row each: every opportunity has its facts.
INNER JOIN opportunity_facts AS facts ON facts.opportunity_key = closes.opportunity_key
-- At most one row each: the periods of a currency do not overlap, and the type decides among the
-- conversions of an opportunity.
LEFT JOIN anchor_days AS days ON days.anchor_us = closes.closed_us
LEFT JOIN currencies ON currencies.currency = facts.currency
LEFT JOIN rate_periods AS rates
    ON rates.currency = facts.currency AND rates.effective_on <= days.day AND days.day < rates.ends_before
LEFT JOIN conversions
    ON conversions.opportunity_key = closes.opportunity_key
    AND conversions.conversion_type = CASE closes.outcome WHEN 'won' THEN 1 ELSE 0 END
