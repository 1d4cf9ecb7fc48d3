-- conversions: one row per opportunity (pipeline, anchored at its creation), per won opportunity (revenue, anchored where it was
-- won), and per person and stage of persons that it entered (anchored at its first entry). conversion_key is dense, from 0, in
-- the order of (conversion_type, opportunity_id, person_key); conversion_type 0 is pipeline, 1 revenue, the others stand in
-- conversion_types. Of a date without a time, anchor_from_us and anchor_until_us are the bounds of the day; of any other
-- anchor both are anchor_us. A conversion after as-of is kept, and not counted. value_minor is in the reporting currency,
-- converted once with the newest rate at or before the anchor's day; NULL where the amount is missing, and of persons, who have
-- none. rate_missing marks an amount for which there is no rate: an error, never 1. value_too_large marks one that does not fit
-- 64 bits once converted. Persons belong to the new business.
CREATE TABLE conversions AS
WITH first_entries AS (
    SELECT
        person_key, position, entered_us, from_us, until_us,
        ROW_NUMBER() OVER (PARTITION BY person_key, position ORDER BY entered_us, until_us - from_us DESC, from_us) AS choice
    FROM person_entries
),
anchored AS (
    SELECT
        0 AS conversion_type, o.opportunity_key, NULL AS person_key,
        o.created_us AS anchor_us, o.created_from_us AS anchor_from_us, o.created_us AS anchor_until_us
    FROM opportunity_facts AS o
    UNION ALL
    SELECT 1, o.opportunity_key, NULL, o.won_us, o.won_from_us, o.won_until_us
    FROM opportunity_facts AS o
    WHERE o.is_won
    UNION ALL
    SELECT s.conversion_type, NULL, e.person_key, e.entered_us, e.from_us, e.until_us
    FROM first_entries AS e
    INNER JOIN funnel_stages AS s ON s.position = e.position
    WHERE e.choice = 1
),
dated AS (
    SELECT a.conversion_type, a.opportunity_key, a.person_key, a.anchor_us, a.anchor_from_us, a.anchor_until_us, d.day AS anchor_day
    FROM anchored AS a
    LEFT JOIN anchor_days AS d ON d.anchor_us = a.anchor_us
),
priced AS (
    SELECT
        d.conversion_type, d.opportunity_key, d.person_key, d.anchor_us, d.anchor_from_us, d.anchor_until_us, d.anchor_day,
        r.currency AS rate_currency, r.rate_digits, r.rate_scale, c.minor_per_unit,
        -- estimated in floating point, far from both limits: 2^63 for the value, 2^127 on the way there
        ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit > 1.6e38
            OR ABS(CAST(o.amount_minor AS DOUBLE)) * r.rate_digits * g.minor_per_unit
                / (c.minor_per_unit * CAST(power_of_ten(r.rate_scale) AS DOUBLE)) > 9.2e18 AS value_too_large
    FROM dated AS d
    LEFT JOIN opportunity_facts AS o ON o.opportunity_key = d.opportunity_key
    CROSS JOIN settings AS g
    LEFT JOIN currencies AS c ON c.currency = o.currency
    LEFT JOIN rate_periods AS r
        ON r.currency = o.currency AND r.effective_on <= d.anchor_day AND d.anchor_day < r.ends_before
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY d.conversion_type, o.opportunity_id, d.person_key) - 1 AS BIGINT) AS conversion_key,
    CAST(d.conversion_type AS INTEGER) AS conversion_type,
    d.opportunity_key,
    o.opportunity_id,
    d.person_key,
    COALESCE(o.opportunity_type, 'new_business') AS opportunity_type,
    o.created_us,
    d.anchor_us,
    d.anchor_from_us,
    d.anchor_until_us,
    d.anchor_from_us <= g.as_of_us AS is_counted,
    COALESCE(o.is_open, FALSE) AS is_open,
    d.anchor_us >= g.from_us AND d.anchor_us < g.to_us AS anchor_in_period,
    COALESCE(o.created_us - g.lookback_us, d.anchor_us - g.person_lookback_us) AS window_start_us,
    CASE
        WHEN o.currency = g.currency THEN o.amount_minor
        WHEN d.value_too_large THEN NULL
        ELSE CAST(
            rounded_ratio(
                CAST(o.amount_minor AS HUGEINT) * d.rate_digits * g.minor_per_unit,
                d.minor_per_unit * power_of_ten(d.rate_scale)
            ) AS BIGINT)
    END AS value_minor,
    d.opportunity_key IS NOT NULL AND o.amount_minor IS NULL AS amount_missing,
    COALESCE(o.amount_minor IS NOT NULL AND o.currency <> g.currency AND d.rate_currency IS NULL, FALSE) AS rate_missing,
    COALESCE(o.currency <> g.currency AND d.value_too_large, FALSE) AS value_too_large,
    o.currency AS amount_currency,
    d.anchor_day,
    o.reverses_opportunity_id
FROM priced AS d
LEFT JOIN opportunity_facts AS o ON o.opportunity_key = d.opportunity_key
CROSS JOIN settings AS g
