-- journey_cases: one row per counted conversion of the reporting period, and per opportunity that
-- was lost in it (conversion_type 1), for the reports on paths. conversions is 1, and 0 for a
-- reversal or a loss. won and lost are 1 for an opportunity that the report win_loss counts as won
-- or lost; it leaves out reversals, test accounts and losses without a date. A pipeline conversion
-- is won or lost if its opportunity was won or lost by as-of. minor is the full amount of a
-- conversion, 0 if it is missing. lost_minor is the amount of a lost opportunity; for pipeline it
-- equals minor. Persons have no amounts and are neither won nor lost (NULL). path_key is NULL if
-- the journey has no touchpoints. outcome is won, lost or open, and NULL for persons and for
-- opportunities that are none of these. first_lag_us and last_lag_us are the times from the first
-- and the last touchpoint to the conversion or the loss, at least 0.
CREATE TABLE journey_cases AS
WITH converted AS (
    SELECT
        conversions.*, conversions.conversion_type <= 1 AS has_amount,
        CASE WHEN deals.outcome <> 'lost' OR deals.closed_us IS NOT NULL THEN deals.outcome END AS outcome
    FROM conversions
    LEFT JOIN deal_outcomes AS deals ON deals.opportunity_key = conversions.opportunity_key
    WHERE conversions.is_counted AND conversions.anchor_in_period
)
SELECT
    converted.conversion_type,
    converted.opportunity_type,
    converted.outcome,
    CASE WHEN converted.reverses_opportunity_id IS NULL THEN 1 ELSE 0 END AS conversions,
    CASE WHEN converted.outcome = 'won' THEN 1 WHEN converted.has_amount THEN 0 END AS won,
    CASE WHEN converted.outcome = 'lost' THEN 1 WHEN converted.has_amount THEN 0 END AS lost,
    CASE WHEN converted.has_amount THEN COALESCE(converted.value_minor, 0) END AS minor,
    CASE WHEN converted.outcome = 'lost' THEN COALESCE(converted.value_minor, 0) WHEN converted.has_amount THEN 0 END AS lost_minor,
    CASE
        WHEN converted.value_minor IS NULL AND converted.reverses_opportunity_id IS NULL AND converted.has_amount THEN 1
        WHEN converted.has_amount THEN 0
    END AS amount_missing,
    built.path_key,
    built.persons,
    CASE WHEN built.first_us IS NOT NULL THEN GREATEST(converted.anchor_us - built.first_us, 0) END AS first_lag_us,
    CASE WHEN built.last_us IS NOT NULL THEN GREATEST(converted.anchor_us - built.last_us, 0) END AS last_lag_us
FROM converted
LEFT JOIN journey_paths AS built ON built.conversion_key = converted.conversion_key
UNION ALL
SELECT
    1, deals.opportunity_type, deals.outcome, 0, 0, 1, 0, COALESCE(deals.value_minor, 0), 0, built.path_key, built.persons,
    CASE WHEN built.first_us IS NOT NULL THEN GREATEST(deals.closed_us - built.first_us, 0) END,
    CASE WHEN built.last_us IS NOT NULL THEN GREATEST(deals.closed_us - built.last_us, 0) END
FROM deal_outcomes AS deals
INNER JOIN settings ON deals.closed_us >= settings.from_us AND deals.closed_us < settings.to_us
LEFT JOIN journey_paths AS built ON built.opportunity_key = deals.opportunity_key
WHERE deals.outcome = 'lost'
