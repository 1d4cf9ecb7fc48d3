-- plan_capacity: one row per week for which a capacity is given: how many leads sales can work in it,
-- over all of its owners.
CREATE TABLE plan_capacity AS
SELECT week_of(capacity.week, settings.starts_on) AS week_start, CAST(SUM(capacity.leads) AS HUGEINT) AS leads
FROM capacity
CROSS JOIN plan_settings AS settings
GROUP BY ALL
