-- spent: one row per window and value with cost: the cost, in millionths of the currency, and
-- whether some of it can still change.
CREATE TABLE spent AS
SELECT
    windows.position, valued_cost.value, SUM(valued_cost.micros) AS amount,
    BOOL_OR(valued_cost.is_provisional) AS is_provisional
FROM valued_cost
INNER JOIN windows ON valued_cost.day >= windows.from_day AND valued_cost.day < windows.next_day
GROUP BY windows.position, valued_cost.value
