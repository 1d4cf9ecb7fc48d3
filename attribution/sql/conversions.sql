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
        s.conversion_type, e.person_key, e.entered_us AS anchor_us, e.from_us AS anchor_from_us, e.until_us AS anchor_until_us, d.day AS anchor_day,
        ROW_NUMBER() OVER (ORDER BY s.conversion_type, e.person_key) AS place
    FROM first_entries AS e
    INNER JOIN funnel_stages AS s ON s.position = e.position
    LEFT JOIN anchor_days AS d ON d.anchor_us = e.entered_us
    WHERE e.choice = 1
),
anchored AS (
    SELECT
        0 AS conversion_type, o.opportunity_key, o.created_us AS anchor_us, o.created_from_us AS anchor_from_us, o.created_us AS anchor_until_us
    FROM opportunity_facts AS o
    WHERE o.created_us IS NOT NULL
    UNION ALL
    SELECT 1, o.opportunity_key, o.won_us, o.won_from_us, o.won_until_us
    FROM opportunity_facts AS o
    WHERE o.is_won
),
dated AS (
    SELECT
        a.conversion_type, a.opportunity_key, a.anchor_us, a.anchor_from_us, a.anchor_until_us, d.day AS anchor_day,
        ROW_NUMBER() OVER (ORDER BY a.conversion_type, a.opportunity_key) AS place
    FROM anchored AS a
    LEFT JOIN anchor_days AS d ON d.anchor_us = a.anchor_us
),
priced AS (
    SELECT
        d.place, d.conversion_type, d.opportunity_key, d.anchor_us, d.anchor_from_us, d.anchor_until_us, d.anchor_day,
        r.currency AS rate_currency, r.rate_digits, r.rate_scale, c.minor_per_unit,
        -- Estimated in floating point, with a margin below both limits: 2^63 for the value and
        -- 2^127 for the product before the division.
        ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit > 1.6e38
            OR ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit
                / (c.minor_per_unit * CAST(power_of_ten(r.rate_scale) AS DOUBLE)) > 9.2e18 AS value_too_large
    FROM dated AS d
    INNER JOIN opportunity_facts AS o ON o.opportunity_key = d.opportunity_key
    CROSS JOIN settings AS g
    LEFT JOIN currencies AS c ON c.currency = o.currency
    LEFT JOIN rate_periods AS r
        ON r.currency = o.currency AND r.effective_on <= d.anchor_day AND d.anchor_day < r.ends_before
)
SELECT
    CAST(d.place - 1 AS BIGINT) AS conversion_key,
    CAST(d.conversion_type AS INTEGER) AS conversion_type,
    d.opportunity_key,
    o.opportunity_id,
    CAST(NULL AS BIGINT) AS person_key,
    o.opportunity_type,
    o.created_us,
    d.anchor_us,
    d.anchor_from_us,
    d.anchor_until_us,
    d.anchor_from_us <= g.as_of_us AS is_counted,
    o.is_open,
    d.anchor_us >= g.from_us AND d.anchor_us < g.to_us AS anchor_in_period,
    COALESCE(o.created_us, d.anchor_us) - g.lookback_us AS lookback_start_us,
    GREATEST(lookback_start_us, COALESCE(l.last_win_us + 1, lookback_start_us)) AS window_start_us,
    l.last_win_us,
    CASE
        WHEN o.currency = g.currency THEN o.amount_minor
        WHEN d.value_too_large THEN NULL
        ELSE CAST(
            rounded_ratio(
                CAST(o.amount_minor AS HUGEINT) * d.rate_digits * g.minor_per_unit,
                d.minor_per_unit * power_of_ten(d.rate_scale)
            ) AS BIGINT)
    END AS value_minor,
    o.amount_minor IS NULL AS amount_missing,
    COALESCE(o.amount_minor IS NOT NULL AND o.currency <> g.currency AND d.rate_currency IS NULL, FALSE) AS rate_missing,
    COALESCE(o.currency <> g.currency AND d.value_too_large, FALSE) AS value_too_large,
    o.currency AS amount_currency,
    d.anchor_day,
    o.reverses_opportunity_id
FROM priced AS d
INNER JOIN opportunity_facts AS o ON o.opportunity_key = d.opportunity_key
CROSS JOIN settings AS g
LEFT JOIN last_wins AS l ON l.opportunity_key = d.opportunity_key
UNION ALL
SELECT
    n.opportunity_conversions + p.place - 1, p.conversion_type, NULL, NULL, p.person_key, 'new_business', NULL,
    p.anchor_us, p.anchor_from_us, p.anchor_until_us, p.anchor_from_us <= g.as_of_us, FALSE,
    p.anchor_us >= g.from_us AND p.anchor_us < g.to_us, p.anchor_us - g.person_lookback_us AS lookback_start_us,
    lookback_start_us, NULL,
    NULL, FALSE, FALSE, FALSE, NULL, p.anchor_day, NULL
FROM of_people AS p
CROSS JOIN settings AS g
CROSS JOIN (SELECT COUNT(*) AS opportunity_conversions FROM anchored) AS n
