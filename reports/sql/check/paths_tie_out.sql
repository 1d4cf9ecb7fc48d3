-- Under every transform, measure and time, the reports paths, path_lengths and time_lag have each conversion of the reporting period and its full amount once, and the opportunities of win_loss.
WITH facts AS (
    SELECT
        types.name AS conversion_type, conversions.opportunity_type,
        COUNT(*) FILTER (WHERE conversions.reverses_opportunity_id IS NULL) AS conversions,
        CASE WHEN conversions.conversion_type <= 1 THEN money(COALESCE(SUM(conversions.value_minor), 0)) END AS value
    FROM conversions
    INNER JOIN conversion_types AS types ON types.conversion_type = conversions.conversion_type
    WHERE conversions.is_counted AND conversions.anchor_in_period
    GROUP BY types.name, conversions.conversion_type, conversions.opportunity_type
),
closed AS (
    SELECT CASE basis WHEN 'cohort' THEN 'pipeline' ELSE 'revenue' END AS conversion_type, opportunity_type, won, lost
    FROM report_win_loss
    WHERE period_type = 'all' AND competitor = '(all)' AND loss_reason = '(all)' AND segment = '(all)'
),
parts AS (
    SELECT 'paths ' || transform AS part, conversion_type, opportunity_type, conversions, value, won, lost FROM report_paths
    UNION ALL
    SELECT 'path_lengths ' || measure, conversion_type, opportunity_type, conversions, value, won, lost FROM report_path_lengths
    UNION ALL
    SELECT 'time_lag ' || measure, conversion_type, opportunity_type, conversions, value, won, lost
    FROM report_time_lag
    WHERE measure <> 'step' AND days <> '(all)'
),
sums AS (
    SELECT part, conversion_type, opportunity_type, SUM(conversions) AS conversions, SUM(value) AS value, SUM(won) AS won, SUM(lost) AS lost
    FROM parts
    GROUP BY part, conversion_type, opportunity_type
),
expected AS (
    SELECT names.part, types.conversion_type, types.opportunity_type
    FROM (
        SELECT UNNEST([
            'paths as_is', 'paths repeats_collapsed', 'paths unique', 'path_lengths touchpoints', 'path_lengths channels', 'path_lengths persons',
            'time_lag first_touch', 'time_lag last_touch']) AS part
    ) AS names
    CROSS JOIN (
        SELECT conversion_type, opportunity_type FROM facts
        UNION
        SELECT conversion_type, opportunity_type FROM closed
        UNION
        SELECT conversion_type, opportunity_type FROM parts
    ) AS types
)
SELECT expected.part, expected.conversion_type, expected.opportunity_type
FROM expected
LEFT JOIN sums
    ON sums.part = expected.part AND sums.conversion_type = expected.conversion_type AND sums.opportunity_type = expected.opportunity_type
LEFT JOIN facts ON facts.conversion_type = expected.conversion_type AND facts.opportunity_type = expected.opportunity_type
LEFT JOIN closed ON closed.conversion_type = expected.conversion_type AND closed.opportunity_type = expected.opportunity_type
WHERE COALESCE(sums.conversions, 0) IS DISTINCT FROM COALESCE(facts.conversions, 0)
    OR COALESCE(sums.value, 0) IS DISTINCT FROM COALESCE(facts.value, 0)
    OR COALESCE(sums.won, 0) IS DISTINCT FROM COALESCE(closed.won, 0)
    OR COALESCE(sums.lost, 0) IS DISTINCT FROM COALESCE(closed.lost, 0)
