-- conversions: one row per opportunity with a known creation (pipeline, anchored at the creation),
-- per won opportunity (revenue, anchored at the win), and per person and stage of persons that it
-- entered (anchored at its first entry). conversion_key is dense, from 0, in the order of
-- (conversion_type, opportunity_id, person_key). conversion_type 0 is pipeline, 1 is revenue, and
-- conversion_types has the others. Of an anchor that is a date without a time, anchor_from_us and
-- anchor_until_us are the bounds of the day; otherwise both are anchor_us. A conversion after as-of
-- is kept and not counted. value_minor is in the reporting currency, converted once with the newest
-- rate at or before the day of the anchor. It is NULL if the amount is missing, and for persons.
-- rate_missing marks an amount without an exchange rate, which is an error; no rate is assumed.
-- value_too_large marks an amount that does not fit 64 bits once converted. Conversions of persons
-- have the type new_business. A journey begins at window_start_us: at the start of the look-back
-- window (lookback_start_us) or, if that is later, after the last win of the account (last_win_us;
-- NULL: the journey has no such limit).
CREATE TABLE conversions AS
WITH first_entries AS (
    SELECT
        person_key, position, entered_us, from_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY person_key, position ORDER BY entered_us, until_us - from_us DESC, from_us) AS choice
    FROM person_entries
),
of_people AS (
    SELECT
        stages.conversion_type, entries.person_key,
        entries.entered_us AS anchor_us, entries.from_us AS anchor_from_us, entries.until_us AS anchor_until_us, days.day AS anchor_day,
        ROW_NUMBER() OVER (ORDER BY stages.conversion_type, entries.person_key) AS place
    FROM first_entries AS entries
    -- One row: positions are unique.
    INNER JOIN funnel_stages AS stages ON stages.position = entries.position
    -- At most one row.
    LEFT JOIN anchor_days AS days ON days.anchor_us = entries.entered_us
    WHERE entries.choice = 1
),
anchored AS (
    SELECT
        0 AS conversion_type, opportunity_key, created_us AS anchor_us, created_from_us AS anchor_from_us, created_us AS anchor_until_us
    FROM opportunity_facts
    WHERE created_us IS NOT NULL
    UNION ALL
    SELECT 1, opportunity_key, won_us, won_from_us, won_until_us
    FROM opportunity_facts
    WHERE is_won
),
dated AS (
    SELECT anchored.*, days.day AS anchor_day, ROW_NUMBER() OVER (ORDER BY anchored.conversion_type, anchored.opportunity_key) AS place
    FROM anchored
    -- At most one row.
    LEFT JOIN anchor_days AS days ON days.anchor_us = anchored.anchor_us
)
SELECT
    CAST(dated.place - 1 AS BIGINT) AS conversion_key,
    CAST(dated.conversion_type AS INTEGER) AS conversion_type,
    dated.opportunity_key,
    facts.opportunity_id,
    CAST(NULL AS BIGINT) AS person_key,
    facts.opportunity_type,
    facts.created_us,
    dated.anchor_us,
    dated.anchor_from_us,
    dated.anchor_until_us,
    dated.anchor_from_us <= settings.as_of_us AS is_counted,
    facts.is_open,
    dated.anchor_us >= settings.from_us AND dated.anchor_us < settings.to_us AS anchor_in_period,
    COALESCE(facts.created_us, dated.anchor_us) - settings.lookback_us AS lookback_start_us,
    GREATEST(lookback_start_us, COALESCE(last_wins.last_win_us + 1, lookback_start_us)) AS window_start_us,
    last_wins.last_win_us,
    CASE
        WHEN facts.currency = settings.currency THEN facts.amount_minor
        ELSE converted_minor(facts.amount_minor, rates.rate_digits, rates.rate_scale, currencies.minor_per_unit, settings.minor_per_unit)
    END AS value_minor,
    facts.amount_minor IS NULL AS amount_missing,
    COALESCE(facts.amount_minor IS NOT NULL AND facts.currency <> settings.currency AND rates.currency IS NULL, FALSE) AS rate_missing,
    COALESCE(
        facts.currency <> settings.currency
        AND converted_is_too_large(facts.amount_minor, rates.rate_digits, rates.rate_scale, currencies.minor_per_unit, settings.minor_per_unit),
        FALSE
    ) AS value_too_large,
    facts.currency AS amount_currency,
    dated.anchor_day,
    facts.reverses_opportunity_id
FROM dated
CROSS JOIN settings
-- One row each.
INNER JOIN opportunity_facts AS facts ON facts.opportunity_key = dated.opportunity_key
-- At most one row each: the periods of a currency do not overlap.
LEFT JOIN currencies ON currencies.currency = facts.currency
LEFT JOIN rate_periods AS rates
    ON rates.currency = facts.currency AND rates.effective_on <= dated.anchor_day AND dated.anchor_day < rates.ends_before
LEFT JOIN last_wins ON last_wins.opportunity_key = dated.opportunity_key
UNION ALL
SELECT
    before.opportunity_conversions + people.place - 1, people.conversion_type, NULL, NULL, people.person_key, 'new_business', NULL,
    people.anchor_us, people.anchor_from_us, people.anchor_until_us, people.anchor_from_us <= settings.as_of_us, FALSE,
    people.anchor_us >= settings.from_us AND people.anchor_us < settings.to_us, people.anchor_us - settings.person_lookback_us AS lookback_start_us,
    lookback_start_us, NULL,
    NULL, FALSE, FALSE, FALSE, NULL, people.anchor_day, NULL
FROM of_people AS people
CROSS JOIN settings
CROSS JOIN (SELECT COUNT(*) AS opportunity_conversions FROM anchored) AS before
