-- plan_cohorts: one row per month whose leads are the basis of a plan: the twelve newest months
-- with leads that are mature for the longest horizon of the funnel. The end of a month is its last
-- microsecond.
CREATE TABLE plan_cohorts AS
SELECT months.month
FROM plan_months AS months
CROSS JOIN settings
CROSS JOIN (SELECT MAX(within_days) AS within_days FROM funnel_stages) AS longest
WHERE months.to_us - 1 + longest.within_days * 86400000000 <= settings.as_of_us
ORDER BY months.month DESC
LIMIT 12
