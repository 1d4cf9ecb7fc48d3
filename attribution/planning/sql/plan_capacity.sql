-- plan_capacity: one row per week with a given capacity: how many leads sales can work in it,
-- summed over all owners.
CREATE TABLE plan_capacity AS
SELECT week_of(capacity.week, settings.starts_on) AS week_start, CAST(SUM(capacity.leads) AS HUGEINT) AS leads
FROM capacity
CROSS JOIN plan_settings AS settings
GROUP BY ALL
