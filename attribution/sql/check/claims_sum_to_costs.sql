-- The impressions, clicks and reported conversions of every cost that ended by as-of, and the
-- reported value of those in the reporting currency, sum to the figures that the platforms report.
SELECT a.totals AS in_costs, b.totals AS in_days
FROM (
    SELECT (
            COALESCE(SUM(CAST(k.impressions AS HUGEINT)), 0), COALESCE(SUM(CAST(k.clicks AS HUGEINT)), 0),
            COALESCE(SUM(CAST(k.reported_conversions_micros AS HUGEINT)), 0),
            COALESCE(SUM(CAST(CASE WHEN k.currency = g.currency THEN k.reported_value_micros END AS HUGEINT)), 0)
        ) AS totals
    FROM costs AS k
    CROSS JOIN settings AS g
    WHERE k.ends_on <= g.as_of_day
) AS a
CROSS JOIN (
    SELECT (
            COALESCE(SUM(d.impressions), 0), COALESCE(SUM(d.clicks), 0), COALESCE(SUM(d.reported_conversions), 0),
            COALESCE(SUM(CASE WHEN d.cost_currency = g.currency THEN d.reported_value END), 0)
        ) AS totals
    FROM cost_days AS d
    CROSS JOIN settings AS g
    WHERE d.ends_on <= g.as_of_day
) AS b
WHERE a.totals IS DISTINCT FROM b.totals
